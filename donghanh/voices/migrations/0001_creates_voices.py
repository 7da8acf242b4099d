"""Before code: what pupils say, what is done with it, what becomes public, what is promised."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import donghanh.voices.texts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the room of voices."""

    initial = True

    dependencies = [
        ('organisation', '0015_says_when_units_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('addressee', models.CharField(choices=donghanh.voices.texts.addressees, max_length=16)),
                ('topic', models.CharField(choices=donghanh.voices.texts.topics, max_length=16)),
                ('text', models.TextField()),
                ('name', models.CharField(blank=True, max_length=100)),
                ('class_name', models.CharField(blank=True, max_length=20)),
                ('wants_answer', models.BooleanField()),
                ('may_publish', models.BooleanField()),
                ('emergency', models.BooleanField()),
                ('came_on', models.DateField()),
                ('due_on', models.DateField()),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('settled', models.BooleanField(default=False)),
                ('simulated', models.BooleanField(default=False)),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('watch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('topic', models.CharField(choices=donghanh.voices.texts.topics, max_length=16)),
                ('question', models.TextField()),
                ('answer', models.TextField()),
                ('proposed_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('voice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='voices.voice')),
            ],
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('deed', models.CharField(choices=donghanh.voices.texts.deeds, max_length=16)),
                ('text', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, choices=donghanh.voices.texts.reasons, max_length=16)),
                ('on', models.DateField()),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('watch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='voices.voice')),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('kind', models.CharField(choices=donghanh.voices.texts.sayings, max_length=16)),
                ('text', models.TextField(blank=True)),
                ('came_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('settled', models.BooleanField(default=False)),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='voices.voice')),
            ],
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('days', models.SmallIntegerField()),
                ('since', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'since'), name='voices_promise_one_a_day'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 30)), name='voices_promise_can_be_kept')],
            },
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['unit', 'came_on'], name='voices_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 5000)), name='voices_voice_says_something'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(('addressee__in', ['school', 'union', 'department', 'upper_union']), ('topic__in', ['study', 'teaching', 'friends', 'place', 'fees', 'rules', 'health', 'union_work', 'road', 'other'])), name='voices_voice_codes_are_known'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('class_name', ''), _connector='OR'), name='voices_voice_unnamed_has_no_class'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('confirmed_on', None)), models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='voices_publication_by_two'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(fields=('voice', 'place'), name='voices_act_one_place'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed', 'set_aside'), ('reason__in', ['insult', 'threat', 'private', 'advertising', 'twice'])), models.Q(models.Q(('deed', 'set_aside'), _negated=True), ('reason', '')), _connector='OR'), name='voices_act_says_why'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['answered', 'noted', 'set_aside', 'flagged', 'alarmed'])), name='voices_act_deed_is_known'),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.UniqueConstraint(fields=('voice', 'place'), name='voices_word_one_place'),
        ),
        migrations.AddConstraint(
            model_name='word',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['more', 'closed'])), name='voices_word_kind_is_known'),
        ),
    ]
