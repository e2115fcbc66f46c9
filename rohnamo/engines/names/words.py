"""Words that stand in a name without being one: titles, "son of", halves of compounds.

From the domain notes on names, sections 2 and 3. Lower case, as written in each script.
"""

# Sayed is not here: it is as often part of the name.
TITLES = frozenset((
    "мулло", "мулла", "mullo", "mulla", "mullah", "ملا", "халифа", "khalifa", "خلیفه", "ҳоҷӣ", "хоҷӣ",
    "ходжи", "hoji", "haji", "hajji", "حاجی", "шайх", "sheikh", "shaykh", "شیخ", "эшон", "eshon", "ишан",
    "ایشان", "мавлавӣ", "mawlawi", "mavlavi", "مولوی", "қорӣ", "қори", "qari", "qori", "قاری", "охун",
    "охунд", "akhund", "آخوند", "устод", "ustod", "استاد", "устоз", "доктор", "др", "dr", "داکتر", "دکتر",
    "муҳандис", "инж", "eng", "engineer", "انجنیر", "مهندس", "г-н", "г-жа", "гр", "mr", "mrs", "ms", "miss",
    "prof", "проф", "ҷаноби", "آقای", "خانم",
))  # fmt: skip
SON_OR_DAUGHTER = frozenset((
    "оглы", "угли", "уғли", "ўғли", "уулу", "улы", "кызы", "кизи", "қизи", "ogly", "oglu", "ogli", "oʻgʻli",
    "ugli", "uulu", "kyzy", "kizi", "qizi", "qızı", "oğlu",
))  # fmt: skip
JOINS_NEXT = frozenset((
    "abd", "abdu", "abdul", "abdur", "abdus", "abdut", "abdun", "abdul'", "абд", "абду", "абдул", "абдур",
    "абдус", "عبد",
))  # fmt: skip
JOINS_PREVIOUS = frozenset((
    "خان", "شاه", "بیگ", "جان", "بی", "زاده", "پور", "نژاد", "الله", "الدین", "الرحمن", "الرحمان", "دین",
    "ullah", "ulloh", "ullo", "uddin", "ud-din",
))  # fmt: skip
# First halves of compounds that Persian writes apart; joined only where more than three words stand.
PERSIAN_FIRST_HALVES = frozenset((
    "گل", "نور", "محمد", "میرزا", "دوست", "سید", "عبد", "شیر", "امیر", "غلام", "سیف", "شمس",
))  # fmt: skip
