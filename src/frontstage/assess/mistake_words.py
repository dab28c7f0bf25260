"""Mistakes of a model file in the reader's language: code -> messages, as in `error_words`."""

from __future__ import annotations

from frontstage.assess.words import _

MISTAKES: dict[str, tuple[str, ...]] = {
    "cycle": (_("The paths run in a circle: %(circle)s. Remove one of them."),),
    "item_twice": (_("Item “%(item)s” is in “%(first)s” and again in “%(second)s”. Give it one place."),),
    "items_or_of": (_("“%(construct)s” needs either items or the constructs that it is “of”."),),
    "key_missing": (_("“%(key)s” is missing."),),
    "key_unknown": (_("“%(key)s” is not known here."),),
    "no_path": (_("No path touches “%(construct)s”. Add one, or remove it."),),
    "no_scale": (
        _("Item “%(item)s” has no scale. Add scale: {min: 1, max: 7} with its lowest and highest answer."),
    ),
    "part_twice": (_("“%(construct)s” stands here twice. Name it once."),),
    "path_to_itself": (_("The path %(from)s → %(to)s leads to itself. Remove it."),),
    "path_twice": (_("The path %(from)s → %(to)s stands here twice. Remove one."),),
    "scale_limits": (_("The scale’s min, %(min)s, is not below its max, %(max)s. Put the lower one first."),),
    "third_order": (_("“%(construct)s” cannot consist of “%(part)s”, which is not of the first order."),),
    "too_few": (_("There is too little here."),),
    "unknown_construct": (
        _("No construct is named “%(construct)s”."),
        _("No construct is named “%(name)s”."),
    ),
    "unknown_item": (_("No item is named “%(item)s”. Name an item of this model."),),
    "value_unknown": (_("“%(value)s” cannot stand here. Use one of: %(known)s."),),
    "wrong_shape": (_("“%(value)s” cannot stand here."),),
}
