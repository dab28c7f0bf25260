"""Mistakes of a model or instrument file in the reader's language: code -> messages, as in `error_words`."""

from __future__ import annotations

from frontstage.assess.words import _

MISTAKES: dict[str, tuple[str, ...]] = {
    "aliases": (_("The aliases (*) repeat far too much. Write the parts out."),),
    "code_on_scale": (
        _(
            "The missing code %(value)s is also an answer on the scale from %(min)s to %(max)s. Remove the code, or "
            "correct the scale."
        ),
    ),
    "column_twice": (_("Column “%(column)s” is used twice. Give each answer its own column."),),
    "cycle": (_("The paths run in a circle: %(circle)s. Remove one of them."),),
    "item_twice": (_("Item “%(item)s” is in “%(first)s” and again in “%(second)s”. Give it one place."),),
    "items_or_of": (_("“%(construct)s” needs either items or the constructs that it is “of”."),),
    "key_missing": (_("“%(key)s” is missing."),),
    "key_twice": (_("“%(key)s” stands here twice. Keep one of the two."),),
    "nesting": (
        _(
            "The parts are nested without end. Nest them less deeply; an anchor (&) must not hold its own alias (*)."
        ),
    ),
    "key_unknown": (_("“%(key)s” is not known here."),),
    "no_path": (_("No path touches “%(construct)s”. Add one, or remove it."),),
    "no_points": (_("Dimension “%(dimension)s” has no points. Share out 100 among all dimensions."),),
    "no_scale": (
        _("Item “%(item)s” has no scale. Add scale: {min: 1, max: 7} with its lowest and highest answer."),
    ),
    "not_yaml": (
        _("This is not YAML (%(reason)s). Look at the indentation, the colons and the quotes here."),
        _(
            "The file is empty, or from here on not YAML. Look at the indentation, the colons and the brackets."
        ),
    ),
    "part_twice": (_("“%(construct)s” stands here twice. Name it once."),),
    "path_to_itself": (_("The path %(from)s → %(to)s leads to itself. Remove it."),),
    "path_twice": (_("The path %(from)s → %(to)s stands here twice. Remove one."),),
    "pattern_without_item": (
        _(
            "The pattern “%(pattern)s” gives every item the same column. Write {item} where the item’s name stands."
        ),
    ),
    "points_total": (_("The points must total exactly 100; they total %(total)s."),),
    "scale_limits": (_("The scale’s min, %(min)s, is not below its max, %(max)s. Put the lower one first."),),
    "target_without_path": (
        _("No path leads to the target “%(construct)s”. Name a construct that something leads to."),
    ),
    "text_too_long": (_("This text has %(count)s characters; %(most)s are the most. Shorten it."),),
    "third_order": (_("“%(construct)s” cannot consist of “%(part)s”, which is not of the first order."),),
    "too_few": (_("There is too little here."),),
    "unknown_construct": (
        _("No construct is named “%(construct)s”."),
        _("No construct is named “%(name)s”."),
    ),
    "unknown_dimension": (_("No dimension is named “%(dimension)s”. Name a dimension of this instrument."),),
    "unknown_item": (_("No item is named “%(item)s”. Name an item of this model."),),
    "unshowable": (_("This text has a character that cannot be shown. Remove it."),),
    "value_unknown": (_("“%(value)s” cannot stand here. Use one of: %(known)s."),),
    "wrong_shape": (_("“%(value)s” cannot stand here."),),
}
