"""
Pictures for the demonstration: a road over hills at dawn, drawn by the machine.

Nobody is on them and nothing is written on them: no invented person can be taken for a real one.
"""

from __future__ import annotations

import io
import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
#: Drawn larger and made smaller, so that edges are smooth.
_SCALE = 2
_W, _H = WIDTH * _SCALE, HEIGHT * _SCALE

Colour = tuple[int, int, int]

#: Sky above and at the horizon, the sun, hills from far to near, the road; the product's own tones.
_DAWNS: tuple[tuple[Colour, Colour, Colour, tuple[Colour, Colour], Colour], ...] = (
    (
        (142, 172, 196),
        (251, 232, 205),
        (255, 246, 226),
        ((190, 188, 186), (39, 92, 70)),
        (244, 233, 210),
    ),
    (
        (118, 150, 182),
        (250, 214, 190),
        (255, 240, 214),
        ((196, 178, 176), (48, 78, 74)),
        (246, 230, 204),
    ),
    (
        (160, 184, 178),
        (252, 240, 214),
        (255, 250, 232),
        ((188, 198, 184), (56, 98, 66)),
        (243, 232, 206),
    ),
)
_HILLS = 6
_HORIZON = 0.46


def drawn(seed: int) -> bytes:
    """
    Return a picture as a JPEG; the same seed draws the same picture.

    Args:
        seed: Chooses the light, the hills and the way of the road.
    """
    # Nothing hangs on nobody guessing it.
    chance = Random(seed)  # noqa: S311
    high, low, sun, (far, near), road = _DAWNS[seed % len(_DAWNS)]
    picture = _sky(high, low)
    _light(picture, sun, at=(chance.uniform(0.3, 0.7), _HORIZON - chance.uniform(0.0, 0.05)))
    for layer in range(_HILLS):
        depth = layer / (_HILLS - 1)
        edge = _edge(chance, depth)
        picture.paste(_mixed(far, near, depth**1.25), mask=_below(edge, depth))
        if layer == _HILLS - 1:
            _road(picture, chance, edge, road, near)
        elif layer >= _HILLS - 3:
            _trees(picture, chance, edge, _mixed(far, near, min(1.0, depth**1.25 + 0.12)), depth)
    small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    room = io.BytesIO()
    small.save(room, "JPEG", quality=90)
    return room.getvalue()


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sky(high: Colour, low: Colour) -> Image.Image:
    fade = Image.linear_gradient("L").resize((_W, round(_H * (_HORIZON + 0.12))))
    whole = Image.new("L", (_W, _H), 255)
    whole.paste(fade, (0, 0))
    return Image.composite(Image.new("RGB", (_W, _H), low), Image.new("RGB", (_W, _H), high), whole)


def _light(picture: Image.Image, sun: Colour, at: tuple[float, float]) -> None:
    """Let the sun stand low, with a wide glow round it."""
    x, y = round(at[0] * _W), round(at[1] * _H)
    for radius, strength in ((0.62, 0.55), (0.26, 0.55)):
        side = round(radius * _W) * 2
        glow = ImageChops.invert(Image.radial_gradient("L")).resize((side, side))
        soft = glow.point(lambda value, by=strength: round(max(0, value - 74) * 1.4 * by))
        picture.paste(sun, (x - side // 2, y - side // 2), soft)
    disc = Image.new("L", picture.size, 0)
    reach = round(0.034 * _W)
    ImageDraw.Draw(disc).ellipse((x - reach, y - reach, x + reach, y + reach), fill=245)
    picture.paste(sun, mask=disc.filter(ImageFilter.GaussianBlur(3)))


def _edge(chance: Random, depth: float) -> list[int]:
    """Return how high a row of hills stands at every point of the width."""
    base = _HORIZON + 0.03 + 0.34 * depth**1.1
    waves = [
        (
            chance.uniform(0.6, 1.5) * (1 + wave),
            chance.uniform(0, math.tau),
            0.042 / (1 + wave) ** 1.15,
        )
        for wave in range(4)
    ]
    return [
        round(_H * (base + sum(a * math.sin(f * math.tau * x / _W + p) for f, p, a in waves)))
        for x in range(_W)
    ]


def _below(edge: list[int], depth: float) -> Image.Image:
    """Return what lies under an edge; its foot fades where mist stands between the hills."""
    shape = Image.new("L", (_W, _H), 0)
    ImageDraw.Draw(shape).polygon([(0, _H), *enumerate(edge), (_W, _H)], fill=255)
    if depth >= 1:
        return shape
    mist = Image.linear_gradient("L").resize((_W, round(_H * 0.3)))
    top = min(edge)
    fade = Image.new("L", (_W, _H), 0)
    fade.paste(255, (0, 0, _W, top))
    fade.paste(ImageChops.invert(mist).point(lambda value: 110 + value * 145 // 255), (0, top))
    fade.paste(110, (0, min(_H, top + mist.height), _W, _H))
    return ImageChops.multiply(shape, fade)


def _trees(
    picture: Image.Image, chance: Random, edge: list[int], colour: Colour, depth: float
) -> None:
    """Set small groups of rounded trees on a row of hills."""
    pen = ImageDraw.Draw(picture)
    for _ in range(4):
        middle = chance.uniform(0.04, 0.96) * _W
        for _ in range(chance.randrange(4, 9)):
            x = min(_W - 1, max(0, round(middle + chance.gauss(0, 0.022) * _W)))
            tall = (0.010 + 0.026 * depth) * _H * chance.uniform(0.7, 1.25)
            foot = edge[x] + 6
            pen.ellipse((x - tall * 0.42, foot - tall, x + tall * 0.42, foot + 4), fill=colour)


def _road(
    picture: Image.Image, chance: Random, edge: list[int], road: Colour, near: Colour
) -> None:
    """Lead a road from the foot of the picture over the nearest hill: wide here, narrow there."""
    goal = chance.uniform(0.36, 0.64)
    swing, turn = chance.uniform(0.10, 0.16), chance.choice((-1, 1))
    steps = 240
    top = edge[round(goal * (_W - 1))] + 2
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    for step in range(steps + 1):
        way = step / steps
        y = _H - (_H - top) * way**0.8
        near_by = (y - top) / (_H - top)
        bend = turn * swing * math.sin(math.pi * 1.5 * way) * (0.35 + 0.65 * near_by)
        x = (0.5 + (goal - 0.5) * way + bend) * _W
        half = (0.004 + 0.107 * near_by**1.35) * _W
        left.append((x - half, y))
        right.append((x + half, y))
    shade = _mixed(near, (20, 30, 26), 0.25)
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [(x - 14, y + 8) for x, y in left] + [(x + 14, y + 8) for x, y in reversed(right)],
        fill=shade,
    )
    pen.polygon(left + right[::-1], fill=road)
