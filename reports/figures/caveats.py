"""The caveats that travel with the figures, in both languages: without them a number says more than it may. Data only."""

from reports.figures.rows import Text

REGISTER = Text(
    "Registratie van meldingen, verrijkingen van het EMM en brieven van het OM, gekoppeld tot personen per jaar.",
    "Register of reports, enrichments by EMM and letters of the OM, linked to persons per year.",
)
REGISTER_AND_SIGNALS = Text(
    f"{REGISTER.nl} Daarnaast anonieme signalen.",
    f"{REGISTER.en} Beside it anonymous signals.",
)
PRESUMED = Text("Alle cijfers gaan over vermoedelijke slachtoffers.", "All figures are about presumed victims.")
PERSON_YEARS = Text(
    "Een persoon telt één keer mee in elk jaar met een melding. Een totaal over meer jaren telt persoonsjaren.",
    "A person counts once in each year with a report. A total over several years counts person-years.",
)
EMM_AFTERWARDS = Text(
    "De gegevens van het EMM zijn achteraf opgevraagd. Deze figuur laat daarom geen trend zien.",
    "The data of EMM were asked for afterwards, so this figure shows no trend.",
)
EMM_UNSURE = Text(
    "Wie alleen via het EMM bekend is, kan ook betrokkene of getuige zijn, en telt in de andere figuren niet mee.",
    "Who is known through EMM alone may be an involved person or a witness, and is left out of the other figures.",
)
KMAR_LEFT_OUT = Text(
    "Slachtoffers van seksuele uitbuiting die alleen de KMar meldde, staan niet in de basispopulatie.",
    "Victims of sexual exploitation whose only reporter is KMar are not in the base population.",
)
SECTORS_CODED_DIFFERENTLY = Text(
    "ISZW-DO en FairWork delen sectoren anders in; mede daardoor is de sector vaak onbekend.",
    "ISZW-DO and FairWork code sectors differently, which is one reason why the sector is often unknown.",
)
ONE_SECTOR = Text(
    "Wie in meer sectoren is uitgebuit, telt in één: volgens een vaste volgorde van sectoren.",
    "Who was exploited in several sectors counts in one, by a fixed order of sectors.",
)
KNOWN_SECTORS_ONLY = Text(
    "Slachtoffers van wie de sector niet bekend is, staan niet in deze figuur.",
    "Victims whose sector is not known are not in this figure.",
)
IMPUTATION = Text(
    "Is de sector onbekend, dan is zij bijgeschat binnen groepen met dezelfde herkomstregio, minder- of meerderjarigheid "
    "en melder. In een groep zonder bekende sector blijft zij onbekend. De methode van de publicatie staat niet in de "
    "stukken; de uitkomst hoeft er niet aan gelijk te zijn.",
    "Where the sector is unknown it is imputed within groups of the same region of origin, minority or majority and "
    "reporter. In a group without a known sector it stays unknown. The publication's method is not in the documents, so "
    "the result need not equal it.",
)
ONE_KIND = Text(
    "Wie op meer manieren is uitgebuit, telt bij één: drugsdelicten, diefstal, fraude, bedelarij, overig.",
    "Who was exploited in several ways counts under one: drug offences, theft, fraud, begging, other.",
)
KINDS_SINCE_2016 = Text("De soort is bekend sinds 2016.", "The kind is known since 2016.")
FORM_HIERARCHY = Text(
    "Eén vorm per slachtoffer: seksueel gaat voor arbeid, arbeid voor crimineel. Seksuele uitbuiting zonder bekende "
    "nationaliteit en alleen gedwongen orgaanverwijdering zijn onbekend.",
    "One form per victim: sexual before labour, labour before criminal. Sexual exploitation without a known nationality "
    "and forced organ removal alone are unknown.",
)
ADOPTED_GENDER = Text(
    "Bij transgender personen telt het aangenomen geslacht, als dat bekend is.",
    "For transgender persons the gender that the person has taken on counts, if known.",
)
DUTCH_FIRST = Text(
    "Wie de Nederlandse en een andere nationaliteit heeft, telt als Nederlands.",
    "Who has Dutch and another nationality counts as Dutch.",
)
TOP_FIVE = Text(
    "In de tabel staan nationaliteiten uit een top 5 van een jaar, een vorm of het geheel. Gelijke aantallen delen een plaats. "
    "Het totaal telt iedereen.",
    "Listed are nationalities in a top five of a year, a form or the whole. Equal numbers share a rank. "
    "The total counts everybody.",
)
AGE_AT_REPORT = Text(
    "De leeftijd is die op de dag van de melding; bij het begin van de uitbuiting kan zij lager zijn geweest. "
    "Gemiddelden gaan over bekende leeftijden.",
    "The age is that on the day of the report; at the beginning of the exploitation it may have been lower. "
    "Means are over known ages.",
)
ONE_PER_GROUP = Text(
    "Een slachtoffer telt per jaar één keer per melder. EMM en OM zijn geen melders.",
    "A victim counts once per year and reporter group. EMM and OM are not reporters.",
)
DIFFERENT_CRITERIA = Text(
    "ISZW-DO en FairWork hanteren verschillende criteria om te melden.",
    "ISZW-DO and FairWork use different criteria for reporting.",
)
ONE_PER_UNIT = Text(
    "Een slachtoffer telt per jaar één keer per politie-eenheid.", "A victim counts once per year and police unit."
)
TER_APEL = Text(
    "Noord-Nederland neemt de aangiften van Ter Apel op. Sinds september 2019 verdeelt de landelijke coördinatie (LCC) ze.",
    "Noord-Nederland takes the statements of Ter Apel. Since September 2019 the national coordination (LCC) distributes them.",
)
NEWLY_ASKED = Text(
    "Dit wordt pas sinds kort gevraagd; van wie het niet is ingevuld, is het onbekend.",
    "This has been asked for a short time only; where it was not filled in it is unknown.",
)
SEVERAL_ROWS = Text(
    "Wie in meer rijen hoort, telt in elk daarvan; de rijen tellen dus niet op.",
    "Who belongs in several rows counts in each of them, so rows do not add up.",
)
BASIS_OF_REPORTS = Text(
    "Wie dat jaar met en zonder grondslag is gemeld, telt in beide rijen. Zonder grondslag is toestemming nodig; wie die niet "
    "gaf, staat hier niet.",
    "Who was reported with and without a legal basis in the year counts in both rows. Without one consent is needed; who did "
    "not give it is not here.",
)
PLACE_IS_STATED = Text(
    "De gemeente is die van de uitbuiting, zoals gemeld; de eenheid die meldt zegt niets over de plaats. Wie alleen in het "
    "buitenland is uitgebuit, heeft geen gemeente.",
    "The municipality is that of the exploitation, as reported; the unit that reports says nothing about the place. Who was "
    "exploited only abroad has no municipality.",
)
STEPS_STATED = Text(
    "Een stap telt als een melding haar noemt, ook zonder datum. Wie geen enkele stap heeft, staat bij onbekend.",
    "A step counts where a report names it, dated or not. Who has no step at all is under unknown.",
)
HELP_AFTER = Text(
    "Een half jaar (183 dagen) na de eerste melding van het jaar. Zonder hulp is van wie de laatste bekende stap een einde van "
    "hulp of opvang of een vertrek met onbekende bestemming was, of de hulp pas later begon. Is niets met datum bekend, dan is "
    "het onbekend; het aandeel is dat van de bekenden. De regel is van dit project.",
    "Half a year (183 days) after the first report of the year. Without help is of whom the last known step was an end of help "
    "or shelter, or leaving for an unknown destination, or whose help began only later. Where nothing is dated it is unknown; "
    "the share is that of those known. The rule is this project's own.",
)
WAIT_FROM_REQUEST = Text(
    "Van de eerste aanvraag tot het eerste besluit daarna; alleen van wie beide dagen bekend zijn.",
    "From the first request to the first decision after it; only of whom both days are known.",
)
RESIDENCE_IS_STATED = Text(
    "De gemeente is die waar de persoon volgens de melding verbleef; zij zegt niets over de plaats van uitbuiting.",
    "The municipality is where the person stayed according to the report; it says nothing about the place of exploitation.",
)
LEFT_OPEN = Text(
    "Per melder eerst het aantal meldingen (één per persoon en jaar), daaronder bij hoeveel daarvan geen melding van deze "
    "melder het gegeven noemt: het deel 'onbekend' is het een gedeeld door het ander.",
    "For each reporter first the number of reports (one per person and year), below it of how many no report by this reporter "
    "names it: the share 'unknown' is the one divided by the other.",
)
SIGNALS_ARE_OF_NOBODY = Text(
    "Een anoniem signaal zegt van niemand wie het is. Het is geen slachtoffer in de andere figuren en wordt nooit gekoppeld: "
    "wie driemaal wordt gesignaleerd, staat hier driemaal, en misschien ook bij de meldingen. Bij meldingen telt een "
    "slachtoffer één keer per jaar en melder.",
    "An anonymous signal tells of nobody who it is. It is no victim in the other figures and is never linked: who is signalled "
    "three times is here three times, and perhaps among the reports as well. Among reports a victim counts once per year and "
    "reporter.",
)
WHAT_CONSENT_COSTS = Text(
    "Het percentage is het deel van alles van deze melder dat een signaal bleef, omdat toestemming niet was gevraagd, niet kon "
    "worden gevraagd of niet werd gegeven. Van een signaal zijn alleen het jaar en het kwartaal bekend: het telt mee zodra dat "
    "kwartaal is begonnen.",
    "The percentage is the part of everything from this reporter that remained a signal, as consent was not asked, could not "
    "be asked or was not given. Of a signal only the year and the quarter are known: it counts once that quarter has begun.",
)
REGION_OF_MUNICIPALITY = Text(
    "De politieregio is die waarin de gemeente van de uitbuiting ligt (bijlage van de Wet veiligheidsregio's en artikel 25 van "
    "de Politiewet 2012); de eenheid die meldt zegt niets over de plaats. Zonder gemeente is de regio onbekend.",
    "The police region is that of the municipality of exploitation (annex of the Safety Regions Act and article 25 of the "
    "Police Act 2012); the unit that reports says nothing about the place. Without a municipality the region is unknown.",
)
UNTIL_IT_COUNTS = Text(
    "Van de dag van de eerste melding van het jaar tot de dag waarop zij kon meetellen: die van ontvangst, of die waarop de "
    "toestemming werd goedgekeurd. Het koppelen daarna kost minuten en telt niet mee. Van wie niemand meldde, is het onbekend.",
    "From the day of the first report of the year to the day from which it could count: that of receipt, or that on which "
    "consent was approved. Linking after that takes minutes and is left out. Of whom nobody reported it is unknown.",
)
