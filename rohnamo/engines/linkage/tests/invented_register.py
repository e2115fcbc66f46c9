"""An invented register with the truth beside it: families, four alphabets, changed suffixes, slips of the finger.

Nobody in it lives. Every draw comes from one seed, so that a figure in a test is a fact.
"""

from dataclasses import dataclass
from random import Random

from rohnamo.engines.linkage import Birth, Precision, Record
from rohnamo.engines.names import Name

# Tajik spelling and Persian spelling of given names.
MEN = dict(
    pair.split("=")
    for pair in [
        "Карим=کریم",
        "Ҳалим=حلیم",
        "Салим=سلیم",
        "Раҳим=رحیم",
        "Ҳасан=حسن",
        "Ҳусейн=حسین",
        "Ҷамшед=جمشید",
        "Тоҷиддин=تاج\u200cالدین",
        "Рустам=رستم",
        "Фирӯз=فیروز",
        "Сӯҳроб=سهراب",
        "Баҳром=بهرام",
        "Абдураҳмон=عبدالرحمان",
        "Абдуқодир=عبدالقادر",
        "Нуралӣ=نورعلی",
        "Ғаффор=غفار",
        "Қурбон=قربان",
        "Юсуф=یوسف",
        "Ёқуб=یعقوب",
        "Исмоил=اسماعیل",
        "Муҳаммад=محمد",
        "Маҳмуд=محمود",
        "Шариф=شریف",
        "Шавкат=شوکت",
        "Давлат=دولت",
        "Хуршед=خورشید",
        "Фаридун=فریدون",
        "Мирзо=میرزا",
        "Олим=عالم",
        "Комил=کامل",
        "Камол=کمال",
        "Назар=نظر",
        "Нозим=ناظم",
        "Насрулло=نصرالله",
        "Иброҳим=ابراهیم",
        "Анвар=انور",
        "Акбар=اکبر",
        "Одина=آدینه",
        "Зафар=ظفر",
        "Ҷовид=جاوید",
    ]
)
WOMEN = dict(
    pair.split("=")
    for pair in [
        "Фотима=فاطمه",
        "Зайнаб=زینب",
        "Нигора=نگاره",
        "Мадина=مدینه",
        "Манижа=منیژه",
        "Гулбаҳор=گلبهار",
        "Сабоҳат=صباحت",
        "Шаҳло=شهلا",
        "Ҷамила=جمیله",
        "Хосият=خاصیت",
        "Меҳрангез=مهرانگیز",
        "Лутфия=لطفیه",
        "Санавбар=صنوبر",
        "Парвина=پروینه",
        "Мавзуна=موزونه",
        "Мавлуда=مولوده",
        "Робия=رابعه",
        "Хадича=خدیجه",
        "Ойгул=آیگل",
        "Рухсора=رخساره",
        "Замира=ضمیره",
        "Зулфия=زلفیه",
        "Тамина=تهمینه",
        "Дилбар=دلبر",
        "Адолат=عدالت",
        "Бунафша=بنفشه",
        "Назокат=نزاکت",
        "Ситора=ستاره",
        "Анора=اناره",
        "Гулнора=گلناره",
    ]
)
DISTRICTS = ("TJ01", "TJ02", "TJ03", "TJ04", "TJ05", "TJ06", "TJ07", "TJ08")

_RUSSIAN = str.maketrans({"ғ": "г", "ӣ": "и", "қ": "к", "ӯ": "у", "ҳ": "х", "ҷ": "дж"})
_NO_KEYBOARD = str.maketrans("ғӣқӯҳҷ", "гикухч")
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ч": "ch", "ш": "sh", "ъ": "", "э": "e", "ю": "yu", "я": "ya", "ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u",
    "ҳ": "h", "ҷ": "j",
}  # fmt: skip
_FRENCH = _LATIN | {
    "у": "ou", "ӯ": "ou", "ч": "tch", "ш": "ch", "ж": "j", "ҷ": "dj", "ё": "io", "ю": "iou", "я": "ia", "й": "i",
    "ғ": "g", "қ": "k", "ҳ": "kh",
}  # fmt: skip
STYLES = ("tajik", "russian", "no_keyboard", "latin", "french", "persian")


@dataclass(frozen=True)
class Invented:
    """Roots in Tajik spelling; the father's and the family's are given names of men."""

    family: str
    given: str
    father: str
    sex: str
    birth: Birth
    district: str
    phone: str


def invented_people(seed: int, families: int) -> list[Invented]:
    """Families of one to three full brothers and sisters, now and then twins, on one telephone."""
    random = Random(seed)
    people = []
    for number in range(families):
        family, father = random.choice(list(MEN)), random.choice(list(MEN))
        district, phone = random.choice(DISTRICTS), f"90000{number:04d}"
        year = random.randint(1955, 2004)
        for _ in range(random.choice((1, 1, 2, 3))):
            sex = random.choice("fm")
            if people and people[-1].phone == phone and people[-1].birth.year == year:
                birth = people[-1].birth  # twins
            else:
                birth = Birth(year, random.randint(1, 12), random.randint(2, 28), Precision.DAY)
            given = random.choice(list(WOMEN if sex == "f" else MEN))
            people.append(Invented(family, given, father, sex, birth, district, phone))
            year += random.choice((0, 2, 3))
    return list({(p.family, p.given, p.father, p.phone): p for p in people}.values())


def written(person: Invented, style: str, random: Random) -> Name:
    """One paper of a person: alphabet, suffixes of that paper, now and then a slip or no patronymic."""
    if style == "persian":
        spelled = {**MEN, **WOMEN}
        family = spelled[person.family] + random.choice(("ی", "زاده", ""))
        return Name.from_parts(family, spelled[person.given], random.choice((spelled[person.father], "")))
    family = _family(person, random)
    father = random.choice((_patronymic(person), _patronymic(person), person.father, ""))
    given = person.given + random.choice(("", "", "", "", "ҷон" if person.sex == "m" else "хон"))
    if random.random() < 0.06:
        given = _slip(given, random)
    return Name.from_parts(*(_spelled(text, style) for text in (family, given, father)))


def rendered(people: list[Invented], seed: int) -> list[tuple[int, Record]]:
    """One to three records of each person as (number of the person, record)."""
    random = Random(seed)
    records = []
    for number, person in enumerate(people):
        for _ in range(random.choice((1, 2, 2, 3))):
            name = written(person, random.choice(STYLES), random)
            records.append((number, _record(person, name, random)))
    return records


def _record(person: Invented, name: Name, random: Random) -> Record:
    birth = person.birth
    if random.random() < 0.35 and birth.year:
        birth = Birth.in_year(birth.year)
    elif random.random() < 0.05:
        birth = Birth()
    district = person.district if random.random() < 0.9 else None
    phones = frozenset({person.phone}) if random.random() < 0.5 else frozenset()
    return Record(name, person.sex, birth, district, phones)


def _family(person: Invented, random: Random) -> str:
    vowel = person.family[-1] in "оаӣ"
    stem = person.family.rstrip("ӣ") + ("и" if person.family.endswith("ӣ") else "")
    law = ("ев" if vowel else "ов") + ("а" if person.sex == "f" else "")
    return random.choice((stem + law, stem + law, stem + law, stem + "зода", person.family))


def _patronymic(person: Invented) -> str:
    vowel = person.father[-1] in "оӣ"
    stem = person.father.rstrip("ӣ") + ("и" if person.father.endswith("ӣ") else "")
    stem = stem.rstrip("а")
    return stem + ("е" if vowel else "о") + ("вна" if person.sex == "f" else "вич")


def _slip(word: str, random: Random) -> str:
    place = random.randrange(1, len(word) - 1)
    if random.random() < 0.5:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place] + word[place:]


def _spelled(word: str, style: str) -> str:
    if style == "tajik":
        return word
    lower = word.lower()
    if style == "russian":
        return lower.translate(_RUSSIAN).capitalize()
    if style == "no_keyboard":
        return lower.translate(_NO_KEYBOARD).capitalize()
    table = _FRENCH if style == "french" else _LATIN
    return "".join(table[letter] for letter in lower).capitalize()
