"""What people type in the room of voices: text in, typed values out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donghanh.domain import voices
from donghanh.domain.voices import LONGEST, Addressee, Reason, Topic
from donghanh.voices import texts
from donghanh.voices.actions import New, Rewritten, new_code
from donghanh.voices.queries import Writing

#: What a code the page gave out is signed as: one typed by hand is not taken for a new voice.
_SALT = "voices.code"


class CleanField(forms.CharField):
    """Text without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        """Return what was typed, cleaned before it is judged."""
        return str(super().to_python(voices.clean(str(value or ""))))


def _long(rows: int = 8, **options: Any) -> CleanField:
    return CleanField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("There is nothing here yet: write what you wish to say."),
            "max_length": _(
                "This text has %(show_value)s signs, and %(limit_value)s is the most. Shorten it."
            ),
        },
        **options,
    )


class Write(forms.Form):
    """A voice."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=200)
    to = forms.ChoiceField(
        label=_("Whom do you write to?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you write to.")},
    )
    topic = forms.ChoiceField(
        label=pgettext_lazy("voice", "What is it about?"),
        error_messages={"required": _("Choose what it is about.")},
    )
    text = _long(
        label=_("What do you wish to say?"),
        help_text=_(
            "Whatever it is, up to 5,000 signs. If you wish to stay unnamed, leave out what only "
            "you could know."
        ),
    )
    name = CleanField(
        label=_("Your name"),
        help_text=_("Only if you wish. Without it nobody here can learn who wrote."),
        max_length=100,
        required=False,
        error_messages={
            "max_length": _("A name has %(limit_value)s signs at most; this has %(show_value)s.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    class_name = CleanField(
        label=_("Your class"),
        help_text=_("Kept only beside a name."),
        max_length=20,
        required=False,
        error_messages={
            "max_length": _("A class has %(limit_value)s signs at most; this has %(show_value)s.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    no_answer = forms.BooleanField(label=_("I need no answer"), required=False)
    may_publish = forms.BooleanField(
        label=_("Question and answer may be made public, in other words and without my name"),
        required=False,
    )
    emergency = forms.BooleanField(
        label=_("Somebody is in danger: a life, violence, abuse"),
        help_text=_(
            "Then the school, its moderators and the level above see it at once, not the day "
            "after. They could guess the hour you wrote in."
        ),
        required=False,
    )

    def __init__(self, *args: Any, page: Writing, **options: Any) -> None:
        """Offer the bodies that answer for the school, and a code of its own for each page."""
        super().__init__(*args, **options)
        self._page = page
        if not self.is_bound:
            self.initial["code"] = signing.Signer(salt=_SALT).sign(new_code())
        for name, choices in (
            ("to", [(one.to.value, texts.place(one.to, one.unit.name)) for one in page.places]),
            ("topic", [("", "—"), *texts.topics()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_code(self) -> str:
        """Return the code, if this page gave it out."""
        try:
            return signing.Signer(salt=_SALT).unsign(self.cleaned_data["code"])
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page is no longer good. Open it anew, then send your text.")
            ) from None

    def new(self) -> New:
        """Return what was typed; the form is valid."""
        given = self.cleaned_data
        return New(
            school_id=self._page.school.id,
            to=Addressee(given["to"]),
            topic=Topic(given["topic"]),
            text=given["text"],
            name=given["name"],
            class_name=given["class_name"],
            wants_answer=not given["no_answer"],
            may_publish=given["may_publish"],
            emergency=given["emergency"],
        )


class Code(forms.Form):
    """The code of a voice."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Sixteen letters and digits; capitals and hyphens do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class More(forms.Form):
    """What a writer says after the voice."""

    text = _long(rows=4, label=_("Ask further, or add something"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32000)


class Answer(forms.Form):
    """An answer."""

    text = _long(rows=6, label=_("Your answer"), help_text=_("The writer reads it by the code."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32000)


class Seen(forms.Form):
    """The last line that somebody who acts has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32000)


class Aside(Seen):
    """Why a voice is set aside."""

    reason = forms.ChoiceField(
        label=_("Why is it set aside?"),
        choices=texts.reasons,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why; the writer sees the reason.")},
    )

    def chosen(self) -> Reason:
        """Return the reason; the form is valid."""
        return Reason(self.cleaned_data["reason"])


class Rewrite(forms.Form):
    """Question and answer in other words."""

    question = _long(
        rows=3,
        label=_("The question, in other words"),
        help_text=_("So that nobody is recognised by how they write or by what only they know."),
    )
    answer = _long(rows=5, label=_("The answer"))

    def rewritten(self) -> Rewritten:
        """Return what was typed; the form is valid."""
        return Rewritten(self.cleaned_data["question"], self.cleaned_data["answer"])


class Promised(forms.Form):
    """Within how many working days the own unit answers."""

    days = forms.IntegerField(
        label=_("Working days until the answer"),
        min_value=1,
        max_value=30,
        error_messages={
            name: _("Promise between 1 and 30 working days.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
