"""Which field a column title means, in Tajik, Russian and English.

Every pattern is written for folded titles (see folding.fold): Ҷинс and Джинс are "чинс" here. A title that
matches a pattern from end to end is EXACT, one that only holds it is LIKELY; the first pattern wins, so the
order matters: "санаи таваллуд" before "сана", "номи падар" before "ном", "post-test" before "post".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rohnamo.engines.registers.fields import Certainty, Field
from rohnamo.engines.registers.folding import fold

LONGEST_TITLE = 120
_LONGEST_IN_WORDS = 8

# Titles that look like a field but are another thing: never taken for it.
_NOT_A_FIELD = re.compile(
    r"место рожд|чой?и таваллуд|place of birth|birth ?place|гражданств|шахрванди|citizenship|nationality|национальн|"
    r"миллат|ethnic|religion|country of origin|дата выдачи|санаи дод|выдан|issue|expir|valid|срок действ|"
    r"окончани|санаи анчом|end date|date of end|until|должност|вазифа|position|rank|рутба|звание|подпис|имзо|"
    r"signature|семейн|marital|образован|education|e ?mail|почта|родител|родственник|хешованд|relative|emergency"
)
# The strings are cut at "|" to keep lines short; each field has one pattern.
_TITLES: tuple[tuple[Field, str], ...] = (
    (
        Field.NOTES,
        r"примечани\w*|комментари\w*|эзох\w*|notes?|remarks?|comments?|шарх|мулохиза\w*|заметк\w*",
    ),
    (
        Field.CONSENT,
        (
            r"согласи\w*( на \w+)*|consent( \w+)*|ризоият\w*( \w+)*|розиги\w*( \w+)*|may we call|"
            r"agree\w*"
        ),
    ),
    (
        Field.POSTTEST,
        (
            r"post ?test( \w+)?|пост ?тест|итоговый тест|тест (после|в конце)|test after|"
            r"санчиши (нихои|охирон|баъди|бади)|тест(и)? (баъди|бади|охир\w*)"
        ),
    ),
    (
        Field.PRETEST,
        (
            r"pre ?test( \w+)?|пре ?тест|входной тест|тест (до|в начале)|test before|"
            r"санчиши (аввал\w*|пешаки)|тест(и)? (пеш\w*|аввал\w*)"
        ),
    ),
    (
        Field.BIRTH,
        (
            r"((дата|год|день|сана\w*|соли|рузи|date|year|day)( of| и)?( \w+)? ?)?(рожд\w*|"
            r"таваллуд\w*|births?|born)|dob|yob|birth ?(date|year|day)|г р|д р|(date|"
            r"year) of birth( .*)?|birth\w*"
        ),
    ),
    (
        Field.AGE,
        r"(полный )?возраст|ages?|age( in)? years|синну сол|син|сколько лет|полных лет",
    ),
    (
        Field.SEX,
        (
            r"(пол|sex|gender|чинс\w*|жинс)( [мжзmf]| муж\w*| жен\w*| мард| зан){0,2}|"
            r"[мж] [мжз]|мард зан|m f|f m"
        ),
    ),
    (
        Field.PHONE,
        (
            r"(номер |раками? |рак )?(мобильн\w+ |сотов\w+ |контактн\w+ )?(телефон\w*|тел)|"
            r"((mobile|cell|contact) )?(phone|telephone|mobile|cell|tel)( (number|no))?|phones?|"
            r"(раками |номери )?мобил\w*|контакт\w*|contact( number)?"
        ),
    ),
    (
        Field.DOCUMENT,
        (
            r"((номер|серия|серия и номер|раками?|сериа?я ва раками?|no|number of) )*(паспорт\w*|"
            r"шиноснома\w*|passports?|документ\w*|хуччат\w*|удостоверени\w*)( (\w+ )?(no|number|номер|"
            r"раками?))?|id|id (no|number|card)|document"
        ),
    ),
    (
        Field.PATRONYMIC,
        (
            r"отчество|(номи )?падар\w*|(name of )?fathers?( name)?|имя отца|patronymic\w*|"
            r"middle names?"
        ),
    ),
    (
        Field.FULL_NAME,
        (
            r"(ф и о|фио|н н п|ннп|н н н п)( \w+)*|full names?|(фамили\w+|насаб\w*|surnames?|"
            r"last name|family name) (\w+ )*?(имя|ном\w*|names?|given names?|first name)( .*)?|(имя|"
            r"ном\w*|names?|first name|given names?) (\w+ )*?(фамили\w+|насаб\w*|surnames?|last name|"
            r"family name)( .*)?|(name of )?(the )?(participants?|beneficiar(y|ies)|trainees?|"
            r"person)( names?)?|(имя )?участник\w*|(номи )?иштирокчи\w*|(номи )?шахс|слушател\w*|"
            r"бенефициар\w*"
        ),
    ),
    (
        Field.FAMILY,
        (
            r"(фамили\w+|насаб\w*|surnames?|family names?|last names?)"
            r"( (участник\w*|иштирокчи\w*|слушател\w*|довталаб\w*|бенефициар\w*|муштари\w*|шахс))?"
        ),
    ),
    (Field.GIVEN, r"имя|имена|ном|номи шахси|given names?|first names?|forenames?|names?"),
    (
        Field.ADDRESS,
        r"(домашний )?адрес\w*|сурога\w*|нишони|(home )?address( .*)?|улица|куча|street",
    ),
    (
        Field.DESTINATION,
        (
            r"(страна|кишвар\w*)( (выезда|назначения|поездки|пребывания|сафар|таинот|мухочират))?|"
            r"(country of )?destination( country)?|country|куда (едет|выезжает)|destination"
        ),
    ),
    (
        Field.HOURS,
        (
            r"(кол во |количество |число |шумораи |микдори )?(час\w*|соат\w*|hours?|hrs)( .*)?|"
            r"attended hours|посещен\w* час\w*|присутстви\w*"
        ),
    ),
    (
        Field.SERVICE,
        (
            r"(вид|тип|намуди|навъи|нави|type of|kind of) ?(услуг\w*|хизмат\w*|services?|кумак\w*|"
            r"помощи|activit\w+)|услуг\w*|хизмат|хизматрасони\w*|services? (type|provided|given)|"
            r"services?|мероприяти\w*|activit(y|ies)|чорабини\w*"
        ),
    ),
    (
        Field.AGENCY,
        (
            r"служба|ведомств\w*|агентств\w*|agenc(y|ies)|хадамот|идора\w*|макомот\w*|организаци\w*|"
            r"ташкилот\w*|organi[sz]ations?|institutions?|муассиса\w*|учреждени\w*|employer|"
            r"место работы|чой?и кор|department|ministry"
        ),
    ),
    (
        Field.POST,
        (
            r"(погран)?пост|(border )?posts?|duty station|застава|гузаргох\w*|кпп|"
            r"(border )?crossing( points?)?|bcp"
        ),
    ),
    (Field.SIDE, r"side|delegation|party|сторона|делегаци\w*|чониб|тараф|хайат"),
    (Field.REGION, r"вилоят\w*|област\w*|регион\w*|regions?|oblast|province"),
    (
        Field.PLACE,
        (
            r"(район\w*|нохия\w*|districts?|rayon|шахр\w*|город\w*|cit(y|ies)|"
            r"towns?)( (\w+ )?(район\w*|нохия\w*|districts?|шахр\w*|город\w*|city|town|of residence|"
            r"проживания|зист|истикомат))?|место( жительства| проживания)?|чой?и (зист|истикомат)\w*|"
            r"махалли (зист|истикомат)\w*|(place|district|city)( of residence)?|residence|location|"
            r"place"
        ),
    ),
    (
        Field.COURSE,
        (
            r"(название |номи )?курс\w*|courses?( \w+)?|trainings?( course)?|тренинг\w*|омузиш\w*|"
            r"предмет|специальност\w*|касб\w*|programmes?|модул\w*|module"
        ),
    ),
    (
        Field.COUNT,
        (
            # "Количество детей" is no number of people in the row: only these words may follow.
            r"numbers?( of (people|persons?|participants?|officers?))?|people|persons|count|headcount|нафар|"
            r"(количество|кол во|число|микдор\w*|тедод\w*|шумора\w*)"
            r"( (участник\w*|человек|людей|лиц|офицер\w*|иштирокчи\w*|одамон|нафар\w*|шахсон))?"
        ),
    ),
    (
        Field.SERIAL,
        (
            r"|no|n|nn|no п п|п п|n п п|р т|рт|раками?|рак|раками тартиби|тартиб|серийный номер|номер|"
            r"порядковый номер|serial( (no|number))?|s n|sn|num|row"
        ),
    ),
    (
        Field.DAY,
        (
            # A date of birth with more words in its title must not be taken for the day of the contact.
            r"(?!.*(рожд|таваллуд|birth))(дата( \w+)*|сана\w*( \w+)*|dates?( of)?( \w+)*|day|руз\w*|"
            r"день( \w+)?|когда|when)"
        ),
    ),
)
_EXACT = tuple((field, re.compile(pattern)) for field, pattern in _TITLES)
# Looking inside long titles is for words that mean one thing only.
_INSIDE: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (Field.NOTES, r"\b(примечан|комментар|эзох|remark|comment)"),
        (Field.CONSENT, r"\b(согласи|consent|ризоият|розиги)"),
        (Field.POSTTEST, r"\b(post ?test|пост ?тест)"),
        (Field.PRETEST, r"\b(pre ?test|пре ?тест)"),
        (Field.BIRTH, r"\b(рожд|таваллуд|birth)"),
        (Field.AGE, r"\b(возраст|синну сол|age)\b"),
        (Field.PHONE, r"\b(телефон|phone|mobile)|\bтел\b"),
        (Field.DOCUMENT, r"\b(паспорт|шиноснома|passport|хуччат)"),
        (Field.PATRONYMIC, r"\b(отчество|номи падар|fathers? name|patronymic)"),
        (Field.FULL_NAME, r"\b(ф и о|фио|full name|ному насаб)\b"),
        (Field.FAMILY, r"\b(фамилия|насаб|surname)\b"),
        (Field.SEX, r"\b(пол|sex|gender|чинс)\b"),
        (Field.ADDRESS, r"\b(адрес|сурога|address)"),
        (Field.HOURS, r"\b(часов|hours|соат)"),
        (Field.SERVICE, r"\b(услуг|хизматрасони|намуди хизмат)"),
        (Field.DESTINATION, r"\b(destination|страна выезда|кишвари сафар)"),
        (Field.PLACE, r"\b(район|нохия|district)"),
        (Field.COURSE, r"\b(курс|course)"),
        (Field.DAY, r"\b(дата|санаи|date)\b"),
    )
)
_HINTS = re.compile(r"[(\[].*?[)\]]")


class Guess(NamedTuple):
    field: Field | None
    certainty: Certainty


_NO_GUESS = Guess(None, Certainty.NONE)


@lru_cache(maxsize=4096)
def guess_field(title: str) -> Guess:
    """The field a title means. A hint in brackets, "(dd/mm/yyyy)" or "(of 24)", does not count.

    Titles are no personal data, so remembering them is harmless; texts too long for a title are not looked at.
    """
    if not title or len(title) > LONGEST_TITLE:
        return _NO_GUESS
    folded = fold(_HINTS.sub(" ", title).replace("#", " no "))
    if _NOT_A_FIELD.search(folded) or not (folded or title.strip() in {"№", "#"}):
        return _NO_GUESS
    field = _exact_field(folded) or _field_in_languages(folded.split())
    if field:
        return Guess(field, Certainty.EXACT)
    for field, pattern in _INSIDE:
        if pattern.search(folded):
            return Guess(field, Certainty.LIKELY)
    return _NO_GUESS


def _exact_field(folded: str) -> Field | None:
    return next((field for field, pattern in _EXACT if pattern.fullmatch(folded)), None)


def _field_in_languages(words: list[str]) -> Field | None:
    """The field of a title that says one thing in two or three languages: "Пол / Ҷинс / Sex"."""
    for cut in range(1, min(len(words), _LONGEST_IN_WORDS)):
        first = _exact_field(" ".join(words[:cut]))
        if first is None:
            continue
        rest = words[cut:]
        second = _exact_field(" ".join(rest)) or _field_in_languages(rest)
        if first is second:
            return first
        if {first, second} == {Field.FULL_NAME, Field.GIVEN}:
            return Field.FULL_NAME
    return None


_HIGHEST = re.compile(r"\b(?:of|из|аз|max)\s*(\d{1,4})\b", re.IGNORECASE)


def highest_value(title: str) -> int | None:
    """The most a number can be when its title says so: "Hours attended (of 24)" -> 24."""
    found = _HIGHEST.search(title)
    return int(found.group(1)) if found else None


def letter_of(position: int) -> str:
    """A, B … Z, AA … as spreadsheets name columns; position counts from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
