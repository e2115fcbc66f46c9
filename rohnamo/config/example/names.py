"""Made-up people's names in four spellings: Tajik, Russian, Latin, Persian script.

Given names are common ones; every combination is drawn by chance. Surnames and fathers' names are built from given
names, as they are in life, with the endings of before and after 2016.
"""

from dataclasses import dataclass
from random import Random

SPELLINGS = ("tg", "ru", "en", "fa")

_STEMS: tuple[tuple[str, str, str, str], ...] = (
    ("Ҷамшед", "Джамшед", "Jamshed", "جمشید"),
    ("Фаррух", "Фаррух", "Farrukh", "فرخ"),
    ("Далер", "Далер", "Daler", "دلیر"),
    ("Баҳром", "Бахром", "Bahrom", "بهرام"),
    ("Рустам", "Рустам", "Rustam", "رستم"),
    ("Сироҷ", "Сирадж", "Siroj", "سراج"),
    ("Қурбон", "Курбон", "Qurbon", "قربان"),
    ("Раҷаб", "Раджаб", "Rajab", "رجب"),
    ("Шавкат", "Шавкат", "Shavkat", "شوکت"),
    ("Комрон", "Комрон", "Komron", "کامران"),
    ("Искандар", "Искандар", "Iskandar", "اسکندر"),
    ("Манучеҳр", "Манучехр", "Manuchehr", "منوچهر"),
    ("Парвиз", "Парвиз", "Parviz", "پرویز"),
    ("Хуршед", "Хуршед", "Khurshed", "خورشید"),
    ("Фирӯз", "Фируз", "Firuz", "فیروز"),
    ("Абдулло", "Абдулло", "Abdullo", "عبدالله"),
    ("Раҳмон", "Рахмон", "Rahmon", "رحمان"),
    ("Карим", "Карим", "Karim", "کریم"),
    ("Назар", "Назар", "Nazar", "نظر"),
    ("Сафар", "Сафар", "Safar", "صفر"),
    ("Мирзо", "Мирзо", "Mirzo", "میرزا"),
    ("Одил", "Одил", "Odil", "عادل"),
    ("Солеҳ", "Солех", "Soleh", "صالح"),
    ("Умед", "Умед", "Umed", "امید"),
    ("Шариф", "Шариф", "Sharif", "شریف"),
    ("Ҳасан", "Хасан", "Hasan", "حسن"),
    ("Ҳусейн", "Хусейн", "Husein", "حسین"),
    ("Юсуф", "Юсуф", "Yusuf", "یوسف"),
    ("Ғафур", "Гафур", "Ghafur", "غفور"),
    ("Зафар", "Зафар", "Zafar", "ظفر"),
    ("Икром", "Икром", "Ikrom", "اکرام"),
    ("Латиф", "Латиф", "Latif", "لطیف"),
    ("Наим", "Наим", "Naim", "نعیم"),
    ("Олим", "Олим", "Olim", "عالم"),
    ("Раҳим", "Рахим", "Rahim", "رحیم"),
    ("Саид", "Саид", "Said", "سعید"),
    ("Тоҳир", "Тохир", "Tohir", "طاهر"),
    ("Усмон", "Усмон", "Usmon", "عثمان"),
    ("Шокир", "Шокир", "Shokir", "شاکر"),
    ("Ҳаким", "Хаким", "Hakim", "حکیم"),
    ("Неъмат", "Неъмат", "Nemat", "نعمت"),
    ("Давлат", "Давлат", "Davlat", "دولت"),
    ("Нозим", "Нозим", "Nozim", "ناظم"),
    ("Бобоҷон", "Бободжон", "Bobojon", "باباجان"),
    ("Эраҷ", "Эрадж", "Eraj", "ایرج"),
    ("Сӯҳроб", "Сухроб", "Suhrob", "سهراب"),
    ("Исмоил", "Исмоил", "Ismoil", "اسماعیل"),
    ("Ёқуб", "Ёкуб", "Yoqub", "یعقوب"),
)
WOMEN: tuple[tuple[str, str, str, str], ...] = (
    ("Зулфия", "Зулфия", "Zulfiya", "زلفیه"),
    ("Гулнора", "Гулнора", "Gulnora", "گلناره"),
    ("Нигора", "Нигора", "Nigora", "نگاره"),
    ("Шаҳло", "Шахло", "Shahlo", "شهلا"),
    ("Мавлуда", "Мавлуда", "Mavluda", "مولوده"),
    ("Фотима", "Фотима", "Fotima", "فاطمه"),
    ("Зайнаб", "Зайнаб", "Zaynab", "زینب"),
    ("Ҷамила", "Джамила", "Jamila", "جمیله"),
    ("Ситора", "Ситора", "Sitora", "ستاره"),
    ("Мадина", "Мадина", "Madina", "مدینه"),
    ("Парвина", "Парвина", "Parvina", "پروینه"),
    ("Робия", "Робия", "Robiya", "رابعه"),
    ("Тахмина", "Тахмина", "Tahmina", "تهمینه"),
    ("Фарзона", "Фарзона", "Farzona", "فرزانه"),
    ("Моҳира", "Мохира", "Mohira", "ماهره"),
    ("Дилафрӯз", "Дилафруз", "Dilafruz", "دلافروز"),
    ("Гулчеҳра", "Гулчехра", "Gulchehra", "گلچهره"),
    ("Саодат", "Саодат", "Saodat", "سعادت"),
    ("Ҳанифа", "Ханифа", "Hanifa", "حنیفه"),
    ("Лола", "Лола", "Lola", "لاله"),
    ("Нилуфар", "Нилуфар", "Nilufar", "نیلوفر"),
    ("Малоҳат", "Малохат", "Malohat", "ملاحت"),
    ("Рухшона", "Рухшона", "Rukhshona", "رخشانه"),
    ("Озода", "Озода", "Ozoda", "آزاده"),
    ("Шаҳноза", "Шахноза", "Shahnoza", "شهنازه"),
    ("Мунира", "Мунира", "Munira", "منیره"),
    ("Сабоҳат", "Сабохат", "Sabohat", "صباحت"),
    ("Қимат", "Кимат", "Qimat", "قیمت"),
    ("Бибигул", "Бибигул", "Bibigul", "بی‌بی گل"),
    ("Хосият", "Хосият", "Khosiyat", "خاصیت"),
)
# Names grow by such parts, as in Мирзодавлат, Саидкарим, Давлатшоҳ: before the name, after it.
_BEFORE = (
    ("Мирзо", "Мирзо", "Mirzo", "میرزا"),
    ("Саид", "Саид", "Said", "سعید"),
    ("Шоҳ", "Шо", "Shoh", "شاه"),
)
_AFTER = (("шоҳ", "шо", "shoh", "شاه"), ("алӣ", "али", "ali", "علی"), ("бек", "бек", "bek", "بیگ"))
_GROWING = [one for one in _STEMS if one[0][0] not in "АОУИЕЁЭЮЯӮӢ" and one[0][-1] not in "аоуиеӯӣ"]


def _grown(before: tuple[str, str, str, str], stem: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    return tuple(head + tail.lower() for head, tail in zip(before, stem, strict=True))  # type: ignore[return-value]


MEN: tuple[tuple[str, str, str, str], ...] = (
    *_STEMS,
    *(_grown(before, stem) for before in _BEFORE for stem in _GROWING if stem[0] != before[0]),
    *(_grown(stem, after) for stem in _GROWING for after in _AFTER),
)
_FAMILY = {
    "old": {"m": ("ов", "ов", "ov", "اف"), "f": ("ова", "ова", "ova", "اوا")},
    "new": {"m": ("зода", "зода", "zoda", "زاده"), "f": ("зода", "зода", "zoda", "زاده")},
}
_FATHER = {
    "old": {"m": ("ович", "ович", "ovich", ""), "f": ("овна", "овна", "ovna", "")},
    "new": {"m": ("", "", "", ""), "f": ("", "", "", "")},
}
_VOWELS = "аоуиеёюяыэӯӣaeiou"


@dataclass(frozen=True)
class ExampleName:
    """One made-up person's name: indices into the tables, and which endings their papers carry."""

    sex: str
    given: int
    family: int
    father: int
    endings: str

    def written(self, spelling: str) -> tuple[str, str, str]:
        """(family, given, father's name) in one of the four spellings."""
        column = SPELLINGS.index(spelling)
        given = (MEN if self.sex == "m" else WOMEN)[self.given][column]
        family = _joined(MEN[self.family][column], _FAMILY[self.endings][self.sex][column])
        father = _joined(MEN[self.father][column], _FATHER[self.endings][self.sex][column])
        return family, given, father


def drawn(random: Random, sex: str) -> ExampleName:
    """A name by chance; sons and daughters may share everything but the given name, as in life."""
    return ExampleName(
        sex=sex,
        given=random.randrange(len(MEN if sex == "m" else WOMEN)),
        family=random.randrange(len(MEN)),
        father=random.randrange(len(MEN)),
        endings="new" if random.random() < 0.3 else "old",
    )


def _joined(stem: str, ending: str) -> str:
    # Мирзо + ов is Мирзоев, Абдулло + ович is Абдуллоевич.
    if ending[:1] in ("о", "o") and stem[-1].lower() in _VOWELS:
        ending = ("е" if ending[0] == "о" else "e") + ending[1:]
    return stem + ending
