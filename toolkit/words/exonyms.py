"""Names of lands, languages and the calendar from CLDR, and those that neither CLDR nor likeness finds in English."""

from __future__ import annotations

from functools import lru_cache

_CITIES = """
aken=Aachen; bergen=Mons/Bergen; bombay=Mumbai; calcutta=Kolkata; charkov=Kharkiv; doornik=Tournai; edingen=Enghien;
geldenaken=Jodoigne; gent=Ghent; genua=Genoa; ieper=Ypres; kaapstad=Cape Town; keulen=Cologne; kiev=Kyiv/Kiev;
kortrijk=Courtrai/Kortrijk; leuven=Louvain/Leuven; luik=Liège; madras=Chennai; mechelen=Malines/Mechelen;
memel=Klaipeda; namen=Namur; nijvel=Nivelles; oostende=Ostend; peking=Beijing; rangoon=Yangon; rijsel=Lille;
roeselare=Roulers/Roeselare; ronse=Renaix/Ronse; saigon=Saigon/Ho Chi Minh; turijn=Turin; venetië=Venice;
vlissingen=Flushing/Vlissingen; waver=Wavre; warschau=Warsaw; wenen=Vienna; zinnik=Soignies
"""
_LANDS = """
ardennen=Ardennes; balkan=Balkan; baskenland=Basque; beieren=Bavaria; bohemen=Bohemia; bourgondië=Burgundy;
bretagne=Brittany; congo-brazzaville=Congo; congo-kinshasa=Congo; elzas=Alsace; engeland=England; fries=Frisian;
gazastrook=Gaza; henegouwen=Hainaut; ivoorkust=Ivory Coast/Côte d'Ivoire; jordaanoever=West Bank; kasjmir=Kashmir;
kempen=Campine/Kempen; kempense=Campine/Kempen; kirgizië=Kyrgyz; klein-azië=Asia Minor; krim=Crimea; kroatië=Croatia;
lombardije=Lombardy; molukken=Moluccas/Maluku; moravië=Moravia; normandië=Normandy; oeral=Ural; oost-timor=Timor;
pruisen=Prussia; saksen=Saxony; savoye=Savoy; schotland=Scotland; silezië=Silesia; sint-helena=Helena;
sint-maarten=Maarten/Martin; toscane=Tuscany; tsjechië=Czech; turkije=Turkey/Türkiye; vaticaan=Vatican;
vlaanderen=Flanders; vuurland=Tierra del Fuego; wallonië=Wallonia; westfalen=Westphalia; wit-rusland=Belarus;
zwaben=Swabia
"""
_WATERS_AND_HEIGHTS = """
bodenmeer=Constance; donau=Danube; grensmaas=Meuse; hebriden=Hebrides; kaukasus=Caucasus; leie=Lys/Leie; maas=Meuse;
melkweg=Milky Way; moezel=Moselle; nijl=Nile; noordpool=North Pole/Arctic; noordzee=North Sea; oostzee=Baltic;
pyreneeën=Pyrenees; rijn=Rhine; schelde=Scheldt; suezkanaal=Suez; tafelberg=Table Mountain; theems=Thames;
vogezen=Vosges; waddenzee=Wadden; weichsel=Vistula; wolga=Volga; zuidpool=South Pole/Antarctic; ijzer=Yser
"""
_PEOPLE_AND_DAYS = """
allerheiligen=All Saints; bevrijdingsdag=Liberation; bijbel=Bible; hemelvaart=Ascension; hooglied=Song;
karel=Charles/Karel; karelsprijs=Charlemagne; kerst=Christmas; kerstmis=Christmas; koningsdag=King; lodewijk=Louis;
moederdag=Mother; nieuwjaar=New Year; oranje=Dutch/Netherlands/Orange/Oranje; pasen=Easter;
pinksteren=Pentecost/Whitsun; sinterklaas=Nicholas/Sinterklaas/Santa; vaderdag=Father; willem=William/Willem
"""
_INSTITUTIONS = """
elfstedentocht=Eleven Cities/Elfstedentocht; hogerhuis=Lords; lagerhuis=Commons; strafhof=Criminal;
vrijheidsbeeld=Liberty; wereldbank=World Bank; wereldgezondheidsorganisatie=World Health; wereldnatuurfonds=World Wide
Fund/WWF
"""

EXONYMS: dict[str, tuple[str, ...]] = {
    dutch.strip(): tuple(english.split("/"))
    for table in (_CITIES, _LANDS, _WATERS_AND_HEIGHTS, _PEOPLE_AND_DAYS, _INSTITUTIONS)
    for dutch, _, english in (entry.partition("=") for entry in " ".join(table.split()).split(";"))
}
"""English names by Dutch name in small letters; where there is more than one, any will do."""

IRREGULAR_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "croatia": ("croat", "croats"),
    "denmark": ("danish", "dane", "danes"),
    "eastern": ("east",),
    "england": ("english",),
    "finland": ("finnish", "finn", "finns"),
    "flanders": ("flemish",),
    "france": ("french", "frenchman", "frenchwoman"),
    "greece": ("greek", "greeks"),
    "ireland": ("irish",),
    "kingdom": ("british", "britain", "uk"),
    "middle": ("central",),
    "netherlands": ("dutch", "holland"),
    "northern": ("north",),
    "philippines": ("filipino", "filipinos"),
    "poland": ("polish", "pole", "poles"),
    "scotland": ("scottish", "scots"),
    "serbia": ("serb", "serbs"),
    "slovakia": ("slovak", "slovaks"),
    "slovenia": ("slovene", "slovenes"),
    "southern": ("south",),
    "spain": ("spanish", "spaniard", "spaniards"),
    "states": ("american", "america", "americans", "us"),
    "switzerland": ("swiss",),
    "thailand": ("thai", "thais"),
    "turkey": ("turkish", "turks"),
    "wales": ("welsh",),
    "western": ("west",),
}
"""Words of a land that do not begin as its name in CLDR does: adjectives, peoples, other names."""


@lru_cache(maxsize=1)
def lands() -> dict[str, tuple[str, ...]]:
    """English names of lands and languages by the Dutch name in small letters, by CLDR."""
    from babel import Locale

    dutch, english = Locale("nl"), Locale("en")
    found: dict[str, tuple[str, ...]] = {}
    for names, others in ((dutch.territories, english.territories), (dutch.languages, english.languages)):
        for code, name in names.items():
            if other := others.get(code):
                found[name.lower()] = (*found.get(name.lower(), ()), other)
    return found


@lru_cache(maxsize=1)
def calendar() -> frozenset[str]:
    """Dutch names of months and days of the week, by CLDR."""
    from babel import Locale

    dutch = Locale("nl")
    return frozenset((*dutch.months["format"]["wide"].values(), *dutch.days["format"]["wide"].values()))
