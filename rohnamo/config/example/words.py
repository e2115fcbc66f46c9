"""What example projects tell in words: invented, like everything they count."""

from collections.abc import Mapping

Words = Mapping[str, str]


def _said(tg: str, ru: str, en: str) -> Words:
    return {"tg": tg, "ru": ru, "en": en}


# Key of an indicator that is told in words → what is told of one reporting period after another.
STORIES: Mapping[str, tuple[Words, ...]] = {
    "EX.04.1.2.b": (
        _said(
            "Гурӯҳҳои аввал қоида навиштанд ва қуттии пасандозро интихоб карданд.",
            "Первые группы записали правила и выбрали кассу.",
            "The first groups wrote their rules and chose a savings box.",
        ),
        _said(
            "Се гурӯҳ якҷоя орд ва равғанро арзонтар, яклухт хариданд.",
            "Три группы вместе купили муку и масло оптом, дешевле.",
            "Three groups bought flour and oil together, at a lower price.",
        ),
        _said(
            "Як гурӯҳ барои аъзояш мошини дӯзандагӣ гирифт; қарз дар чор моҳ баргашт.",
            "Одна группа купила своей участнице швейную машину; долг вернули за четыре месяца.",
            "One group bought a sewing machine for a member; the loan was paid back in four months.",
        ),
        _said(
            "Ду гурӯҳ захира барои зимистон ҷудо карданд: ангишт ва дафтари мактаб.",
            "Две группы отложили на зиму: на уголь и школьные тетради.",
            "Two groups put money aside for winter: for coal and school books.",
        ),
    ),
    "EX.06.1.2.b": (
        _said(
            "Ҷамоат бо ҳамватанони хориҷа қарор кард, ки аввал хати об таъмир шавад.",
            "Община вместе с земляками решила сначала починить водопровод.",
            "The community and its people abroad agreed to mend the water pipe first.",
        ),
        _said(
            "Ду километри хати об нав шуд; навбати об акнун ҳар рӯз аст.",
            "Обновили два километра водопровода; вода теперь каждый день.",
            "Two kilometres of water pipe were renewed; water now comes every day.",
        ),
        _said(
            "Мактаб бо пули ҳамватанон ду синфи гарм гирифт.",
            "На деньги земляков в школе утеплили два класса.",
            "With money from abroad the school got two warm classrooms.",
        ),
    ),
    "EX.07.1.2.b": (
        _said(
            "Ду тараф розӣ шуданд, ки рӯзи бозорро якҷоя эълон кунанд.",
            "Стороны договорились вместе объявлять базарный день.",
            "The two sides agreed to announce the market day together.",
        ),
        _said(
            "Вақти кори гузаргоҳ дар ду тараф як хел навишта шуд.",
            "Часы работы перехода написали одинаково на обоих берегах.",
            "Opening hours of the crossing were written alike on both banks.",
        ),
        _said(
            "Барои беморони вазнин роҳи кӯтоҳтар муайян шуд.",
            "Для тяжёлых больных договорились о коротком порядке прохода.",
            "A shorter way through was agreed for people who are gravely ill.",
        ),
        _said(
            "Вохӯриҳо аз нав оғоз шуданд; аввал дар бораи обхезӣ гап заданд.",
            "Встречи начались снова; первым обсудили паводок.",
            "The meetings began again; floods were talked about first.",
        ),
        _said(
            "Хабари обхезӣ акнун бо телефон ба ду соҳил якбора мерасад.",
            "О паводке теперь сразу сообщают по телефону на оба берега.",
            "Warnings of floods now reach both banks by telephone at once.",
        ),
        _said(
            "Савдогарон рӯйхати молҳоеро, ки бе ҳуҷҷати иловагӣ мегузаранд, гирифтанд.",
            "Торговцы получили список товаров, которые проходят без лишних бумаг.",
            "Traders got a list of goods that pass without further papers.",
        ),
        _said(
            "Барои занон дар бозори сарҳадӣ ҷойи алоҳидаи интизорӣ ҷудо шуд.",
            "На приграничном базаре для женщин выделили место ожидания.",
            "A place to wait was set aside for women at the border market.",
        ),
        _said(
            "Ҷадвали вохӯриҳои чормоҳаи оянда тасдиқ шуд.",
            "Утвердили расписание встреч на следующие четыре месяца.",
            "The dates of the meetings of the next four months were agreed.",
        ),
    ),
    "EX.09.1.a": (
        _said(
            "Аввалин бор судя хоҳиш кард, ки ҷабрдида паси парда шаҳодат диҳад.",
            "Судья впервые разрешил пострадавшему давать показания за ширмой.",
            "For the first time a judge let a victim give evidence behind a screen.",
        ),
        _said(
            "Додситонҳо рӯйхати саволҳоеро истифода мебаранд, ки ҷабрдидаро айбдор намекунанд.",
            "Прокуроры пользуются вопросами, которые не обвиняют пострадавшего.",
            "Prosecutors use a list of questions that do not blame the victim.",
        ),
        _said(
            "Муфаттишон ба ду суд далели пулиро пешниҳод карданд, на танҳо шаҳодатро.",
            "Следователи представили двум судам денежные следы, а не только показания.",
            "Investigators brought two courts the trail of money, not testimony alone.",
        ),
        _said(
            "Тарҷумон акнун аз рӯзи аввали тафтиш даъват мешавад.",
            "Переводчика теперь приглашают с первого дня следствия.",
            "An interpreter is now called from the first day of an investigation.",
        ),
        _said(
            "Мактаби судяҳо ин дарсро ба барномаи доимии худ дохил кард.",
            "Школа судей включила этот курс в свою постоянную программу.",
            "The school of judges made this course a part of its own programme.",
        ),
    ),
    "EX.12.1.a": (
        _said(
            "Оилаҳо гуфтанд, ки дарси мактаб ва духтур аз ҳама бештар ба кор омад.",
            "Семьи сказали, что больше всего пригодился урок о школе и враче.",
            "Families said that the lesson on school and doctors helped most.",
        ),
        _said(
            "Хоҳиш карданд, ки дарси забон дарозтар бошад; як рӯз илова шуд.",
            "Просили больше языка; добавили один день.",
            "They asked for more language lessons; one day was added.",
        ),
    ),
}

RETURNED_BECAUSE = "Санаи ду гранти моҳи июнро санҷед: дар феҳрист моҳи июл навишта шудааст."

# Question of a donor's report → its answer.
ANSWERS: Mapping[str, Words] = {
    "done": _said(
        "Маслиҳат дар ҳамаи дувоздаҳ шаҳр ва ноҳия ҳар ҳафта дода шуд. Дар мавсими сафар, аз феврал то апрел, "
        "мушовирон дар вокзал ва фурудгоҳ низ кор карданд. Суҳбат дар деҳаҳо пеш аз ид ва баъди ҷамъоварии ҳосил "
        "беҳтар гузашт, чун мардум дар хона буданд.",
        "Совет давали каждую неделю во всех двенадцати городах и районах. В сезон отъездов, с февраля по апрель, "
        "консультанты работали и на вокзале, и в аэропорту. Беседы в кишлаках лучше всего шли перед праздником и после "
        "уборки урожая, когда люди дома.",
        "Advice was given every week in all twelve towns and districts. In the season of departures, from February to "
        "April, counsellors also worked at the station and the airport. Talks in villages went best before the holiday "
        "and after the harvest, when people are at home.",
    ),
    "changes": _said(
        "Ёрии ҳуқуқӣ аз нақша сусттар рафт: як ҳуқуқшинос чор моҳ набуд. Ба ҷойи ӯ ҳуқуқшинос аз ноҳияи ҳамсоя ҳафтае "
        "ду рӯз омад. Ҳадафҳо тағйир наёфтанд.",
        "Юридическая помощь шла медленнее плана: четыре месяца не было одного юриста. Вместо него два дня в неделю "
        "приезжал юрист из соседнего района. Цели не изменились.",
        "Legal aid went more slowly than planned: one lawyer was missing for four months. A lawyer of the next district "
        "came two days a week instead. The targets did not change.",
    ),
    "difficulties": _said(
        "Қоидаҳои вуруд ду бор тағйир ёфт ва варақаҳо кӯҳна шуданд. Мо онҳоро гирифтем ва дар як ҳафта аз нав чоп "
        "кардем. Дар ду ноҳия интернет суст буд; санҷиши манъи вуруд он ҷо дар рӯзи муайян гузашт.",
        "Правила въезда менялись дважды, и листовки устаревали. Мы забирали их и за неделю печатали новые. В двух "
        "районах был слабый интернет; запрет на въезд там проверяли в назначенный день.",
        "Entry rules changed twice and leaflets went out of date. We took them back and printed new ones within a week. "
        "In two districts the internet was weak; entry bans were checked there on a fixed day.",
    ),
    "learned": _said(
        "Зан бештар меояд, вақте ки мушовир низ зан аст ва соати қабул пеш аз нисфирӯзӣ аст. Суҳбат бо хешовандон "
        "ҳамон қадар муҳим аст, ки бо худи муҳоҷир.",
        "Женщины приходят чаще, когда консультант — женщина и приём до полудня. Разговор с родными так же важен, как с "
        "самим мигрантом.",
        "Women come more often when the counsellor is a woman and the hours are before noon. To talk with the family is as "
        "important as with the migrant.",
    ),
    "next": _said(
        "Дар ду ноҳияи кӯҳистон рӯзи қабули сайёр кушода мешавад. Пурсиш баъди се моҳ бо телефон давом меёбад.",
        "В двух горных районах откроют выездной приём. Опрос через три месяца по телефону продолжится.",
        "A travelling office will open in two mountain districts. People will still be called and asked three months later.",
    ),
}
