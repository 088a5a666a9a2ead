"""The comparison of names, the rarity of nationalities and the sum of weights, as SQL over Splink's pairs.

One text for DuckDB and Spark: plain joins and groups; the one function whose name differs is handed in. Words are compared
once each two, then names once each two, then pairs of reports by the names in their boxes. Source of the levels:
comparisons.word, comparisons.names, comparisons.aliases and columns.Frozen, rule by rule. It runs nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from intake.linkage.columns import CODE
from intake.linkage.comparisons import ALIKE, MATCHING, MOST_SHARED, RANK, TELLING_FROM, Field, Level
from intake.linkage.fellegi_sunter import QUARTERS, Parameters, Weight
from intake.relinking.model import APART, Compared, column

BOXES = ("family", "given", "place")
BY_STATEMENT = (Field.FAMILY_NAME, Field.GIVEN_NAME, Field.ALIAS, Field.PLACE)
MISSING = CODE[Level.MISSING]
# A level and a rarity in one number, such that the least of several is the closest: rank first, then the rarest.
STEP = 128
# Beyond the bound by what sums in another order may differ.
NEARLY = 0.001


def alike(level: str) -> str:
    return _one_of(level, ALIKE)


def _one_of(level: str, levels: Iterable[Level]) -> str:
    return f"{level} in ({', '.join(str(CODE[one]) for one in sorted(levels))})"


def statements(predicted: str, overlap: str, fields: Iterable[Compared], parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Tables to make in turn, each by its name and its query; the last, 'kept', has the pairs from the lower bound on.

    Arguments: predicted, Splink's table of pairs; overlap, the engine's name for 'two lists share an element'.
    """
    yield "name_pairs", _name_pairs(predicted)
    yield "word_pairs", WORD_PAIRS
    yield "words_compared", _words_compared(overlap)
    yield "names_compared", NAMES_COMPARED
    yield "nationality_pairs", _nationality_pairs(predicted)
    yield "boxes_compared", _boxes_compared(predicted)
    yield "fields_compared", FIELDS_COMPARED
    yield "kept", _kept(fields, parameters)


def _name_pairs(predicted: str) -> str:
    """Each two names that stand in boxes that are compared, the lesser first."""
    boxes = (*product(("family", "given"), repeat=2), ("place", "place"), ("aliases", "aliases"))
    crossed = (pair for box in ("family", "given") for pair in (("aliases", box), (box, "aliases")))
    return " union ".join(_two_names(predicted, one, other) for one, other in (*boxes, *crossed))


def _two_names(predicted: str, one: str, other: str) -> str:
    return f"""
        select least({one}_l, {other}_r) as one, greatest({one}_l, {other}_r) as other
        from {predicted} where {one}_l <> 0 and {other}_r <> 0
    """  # noqa: S608


# Each two words that such names hold, and each two names as one word.
WORD_PAIRS = """
    select least(a.word, b.word) as one, greatest(a.word, b.word) as other
    from name_pairs p join name_words a on a.name = p.one join name_words b on b.name = p.other
    union
    select least(a.whole, b.whole) as one, greatest(a.whole, b.whole) as other
    from name_pairs p join name_words a on a.name = p.one and a.place = 0 join name_words b on b.name = p.other and b.place = 0
"""


def _words_compared(overlap: str) -> str:
    """The level of two words, and the rarity of what they share, as one number."""
    size = "least(a.size, b.size)"
    short = f"{size} < {TELLING_FROM}"
    deletions, sounds = f"{overlap}(a.deletions, b.deletions)", "a.sound = b.sound"
    shortened = f"{overlap}(a.whole, b.ends) or {overlap}(b.whole, a.ends)"
    unlike = f"not {deletions} and not {sounds} and not ({shortened}) and a.start <> b.start"
    cases = (
        (f"{size} = 1 and a.initial = b.initial", Level.INITIAL, False),
        (f"{size} = 1", Level.DIFFERENT, False),
        ("a.exact = b.exact", Level.SAME, True),
        (f"{overlap}(a.families, b.families)", Level.OTHER_SPELLING, True),
        (f"{unlike} and (a.at_work or b.at_work)", Level.WORK_NAME, False),
        (unlike, Level.DIFFERENT, False),
        ("a.listed and b.listed", Level.ANOTHER_NAME, True),
        (f"{deletions} and {short}", Level.SHORT_ONE_LETTER, True),
        (deletions, Level.ONE_LETTER, True),
        (f"{sounds} and {short}", Level.SHORT_SOUND, True),
        (sounds, Level.SOUNDS_ALIKE, True),
        (shortened, Level.SHORTENED, True),
    )
    rare = "least(a.rarity, b.rarity)"
    whens = " ".join(f"when {holds} then {_number(level, rare if counts else '0')}" for holds, level, counts in cases)
    return f"""
        select p.one, p.other, case {whens} else {_number(Level.SAME_START, "0")} end as found
        from word_pairs p join words a on a.word = p.one join words b on b.word = p.other
    """  # noqa: S608


def _number(level: Level, rarity: str) -> str:
    return f"{RANK[level] * STEP + STEP - 1} - {rarity}"


_FOUND = f"cast(floor(found / {STEP}) as int) as level, {STEP} - 1 - found % {STEP} as rarity"
_TELLING = _one_of("w.level", ALIKE - {Level.SOUNDS_ALIKE})
# best: of each word of one name its closest in the other, for both directions.
NAMES_COMPARED = f"""
    with leveled as (select one, other, {_FOUND} from words_compared),
    met as (
        select p.one, p.other, a.word as a_word, b.word as b_word, a.place as a_place, b.place as b_place,
            a.many as a_many, b.many as b_many, w.found
        from name_pairs p join name_words a on a.name = p.one join name_words b on b.name = p.other
        join words_compared w on w.one = least(a.word, b.word) and w.other = greatest(a.word, b.word)
    ),
    best as (
        select one, other, min(a_many) as a_many, min(b_many) as b_many, true as forth, min(found) as found
        from met where a_many <= b_many group by one, other, a_place
        union all
        select one, other, min(a_many) as a_many, min(b_many) as b_many, false as forth, min(found) as found
        from met where a_many >= b_many group by one, other, b_place
    ),
    graded as (select one, other, a_many, b_many, forth, found, {_FOUND} from best),
    summed as (
        select one, other, min(a_many) as a_many, min(b_many) as b_many, max(level) as worst, min(found) as closest,
            max(case when {alike("level")} then 1 else 0 end) as any_alike,
            least({MOST_SHARED}, sum(case when forth and {alike("level")} then rarity else 0 end)) as shared_forth,
            least({MOST_SHARED}, sum(case when not forth and {alike("level")} then rarity else 0 end)) as shared_back
        from graded group by one, other
    ),
    reckoned as (
        select *, case when a_many < b_many then shared_forth when a_many > b_many then shared_back
            else least(shared_forth, shared_back) end as shared
        from summed
    ),
    several as (
        select one, other, a_many, b_many,
            case when a_many = 1 and b_many = 1 then cast(floor(closest / {STEP}) as int)
                when {alike("worst")} and a_many = b_many then worst
                when {alike("worst")} then {CODE[Level.PART_OF_NAME]}
                when any_alike = 1 then {CODE[Level.SHARED_AND_DIFFERENT]}
                else cast(floor(closest / {STEP}) as int) end as level,
            case when a_many = 1 and b_many = 1 then {STEP} - 1 - closest % {STEP}
                when {alike("worst")} or any_alike = 1 then shared
                else {STEP} - 1 - closest % {STEP} end as rarity
        from reckoned
    ),
    joined as (
        select s.one, s.other, w.level, w.rarity
        from several s join name_words a on a.name = s.one and a.place = 0 join name_words b on b.name = s.other and b.place = 0
        join leveled w on w.one = least(a.whole, b.whole) and w.other = greatest(a.whole, b.whole)
        where (s.a_many > 1 or s.b_many > 1) and not ({alike("s.level")})
            and ({_TELLING} or ({alike("w.level")} and s.a_many <> s.b_many))
    ),
    among as (
        select one, other, max({STEP} - 1 - found % {STEP}) as rarity from met
        where {alike(f"cast(floor(found / {STEP}) as int)")} group by one, other
    )
    select s.one, s.other, coalesce(j.level, s.level) as level, coalesce(j.rarity, s.rarity) as rarity, m.rarity as alias
    from several s left join joined j on j.one = s.one and j.other = s.other
    left join among m on m.one = s.one and m.other = s.other
"""  # noqa: S608


def _nationality_pairs(predicted: str) -> str:
    return f"""
        select p.one, p.other, max(a.rarity) as rarity
        from (
            select distinct least(nationality_l, nationality_r) as one, greatest(nationality_l, nationality_r) as other
            from {predicted}
        ) p
        join nationalities a on a.nationality = p.one
        join nationalities b on b.nationality = p.other and b.code = a.code and b.rarity = a.rarity
        group by p.one, p.other
    """  # noqa: S608


_CROSSED = {"across": ("family", "given"), "back": ("given", "family")}
_ALIASES = tuple((one, other) for box in ("given", "family") for one, other in (("aliases", box), (box, "aliases")))


def _boxes_compared(predicted: str) -> str:
    """Splink's pairs with what the names in their boxes come to; MISSING where one is empty."""
    compared = {box: (box, box) for box in BOXES} | _CROSSED
    aliases = {f"alias_{number}": pair for number, pair in enumerate((*_ALIASES, ("aliases", "aliases")))}
    joins = " ".join(
        f"left join names_compared {name} on {name}.one = least(p.{one}_l, p.{other}_r) "
        f"and {name}.other = greatest(p.{one}_l, p.{other}_r)"
        for name, (one, other) in (compared | aliases).items()
    )
    levels = ", ".join(
        f"coalesce({name}.level, {MISSING}) as {name}_level, coalesce({name}.rarity, 0) as {name}_rarity" for name in compared
    )
    alias = f"greatest({', '.join(f'coalesce({name}.alias, -1)' for name in aliases)}) as alias"
    return f"""
        select p.*, coalesce(n.rarity, 0) as nationality_rarity, {levels}, {alias}
        from {predicted} p {joins}
        left join nationality_pairs n on n.one = least(p.nationality_l, p.nationality_r)
            and n.other = greatest(p.nationality_l, p.nationality_r)
    """  # noqa: S608


def _matching(name: str, *, written: bool = False) -> str:
    return _one_of(f"{name}_level", MATCHING - ({Level.SOUNDS_ALIKE} if written else set()))


_SWAPPED = " and ".join((_matching("across"), _matching("back"), f"not {_matching('family')}", f"not {_matching('given')}"))
_ONCE = f"({_matching('across', written=True)} or {_matching('back', written=True)}) and not {_matching('given')}"
_BEST = "greatest({})".format(", ".join(f"case when {_matching(name)} then {name}_rarity else 0 end" for name in _CROSSED))
_ANSWERED = f"{alike('family_level')} and {alike('given_level')}"
OTHER_BOX = CODE[Level.OTHER_BOX]
# Of one name in the other's box, the rarer word counts for the given name.
FIELDS_COMPARED = f"""
    select *,
        case when {_SWAPPED} then {OTHER_BOX} else family_level end as family_name_level,
        case when {_SWAPPED} then least(across_rarity, back_rarity) else family_rarity end as family_name_rarity,
        case when {_SWAPPED} or {_ONCE} then {OTHER_BOX} else given_level end as given_name_level,
        case when {_SWAPPED} then greatest(across_rarity, back_rarity) when {_ONCE} then {_BEST} else given_rarity end
            as given_name_rarity,
        case when alias < 0 or {_ANSWERED} then {MISSING} else {CODE[Level.SAME]} end as alias_level,
        case when alias < 0 or {_ANSWERED} then 0 else alias end as alias_rarity
    from boxes_compared
"""  # noqa: S608


_NUMBERS = (Field.V_NUMBER, Field.BSN, Field.DOCUMENT)


def _kept(fields: Iterable[Compared], parameters: Parameters) -> str:
    """What is linked or asked about: from the lower bound on, or with a number that is shared."""
    compared = tuple(fields)
    parts = [_bits(column(field), parameters.weights.get(field, {})) for field in BY_STATEMENT]
    rarer = parameters.weights[Field.NATIONALITY][Level.SAME].per_bit / QUARTERS
    weight = " + ".join(("match_weight", f"{_double(rarer)} * nationality_rarity", *parts))
    fields_of_splink = ", ".join(f"mw_{one.name}" for one in compared)
    levels = ", ".join(f"{column(field)}_level, {column(field)}_rarity" for field in BY_STATEMENT)
    numbers = {one.name: one.bits(parameters.weights[one.field])[Level.SAME] for one in compared if one.field in _NUMBERS}
    shared = " or ".join(f"abs(mw_{name} - {_double(bits)}) < {_double(APART / 2)}" for name, bits in numbers.items())
    return f"""
        select * from (
            select report_l, report_r, {fields_of_splink}, {levels}, nationality_rarity, {weight} as weight from fields_compared
        ) weighed
        where weight >= {_double(parameters.lower - NEARLY)} or {shared}
    """  # noqa: S608


def _bits(name: str, weights: Mapping[Level, Weight]) -> str:
    whens = " ".join(
        f"when {CODE[level]} then {_double(weight.base)} + {_double(weight.per_bit / QUARTERS)} * {name}_rarity"
        for level, weight in weights.items()
    )
    return f"case {name}_level {whens} else {_double(0.0)} end" if whens else _double(0.0)


def _double(number: float) -> str:
    return f"cast({number!r} as double)"
