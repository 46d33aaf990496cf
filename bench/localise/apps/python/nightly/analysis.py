import io

from nightly.journal import task
from shared import bisect, colorsys, fractions, random, statistics, tokenize
from shared.xml.etree import ElementPath, ElementTree

SALES = [3, 5, 5, 8, 12, 12, 12, 20, 31, 2.5]


@task("figures of the month cannot be computed")
def compute_figures(log):
    log.compare("middle of the sales changed", [statistics.mean(SALES), statistics.median(SALES), statistics.median_low(SALES), statistics.median_grouped(SALES, 2), statistics.mode(SALES), statistics.multimode("aabbc")])
    log.compare("spread of the sales changed", [round(statistics.stdev(SALES), 6), round(statistics.pvariance(SALES), 6), statistics.quantiles(SALES, n=4), statistics.quantiles(SALES, n=5, method="inclusive")])
    log.compare("trend of the sales changed", [statistics.linear_regression(range(10), SALES), round(statistics.correlation(range(10), SALES), 8)])
    log.compare("averages of rates changed", [statistics.harmonic_mean([40, 60]), round(statistics.geometric_mean([54, 24, 36]), 9)])
    bell = statistics.NormalDist(100, 15)
    log.compare("share of large orders changed", [round(bell.cdf(120), 9), round(bell.inv_cdf(0.9), 6), bell + 5, round(bell.overlap(statistics.NormalDist(110, 10)), 6)])
    log.compare("class of an order changed", [bisect.bisect(SALES[:9], 12), bisect.bisect_left(SALES[:9], 12), bisect.bisect_right([1, 2, 3], 0)])


@task("shares of the partners do not add up")
def split_shares(log):
    third = fractions.Fraction(1, 3)
    log.compare("shares of the partners changed", [third + fractions.Fraction("0.25"), third * 6 - 2, divmod(fractions.Fraction(7, 2), third), fractions.Fraction(3.14159).limit_denominator(100), third ** -2])
    log.compare("rounded shares differ", [round(fractions.Fraction(22, 7), 2), int(fractions.Fraction(-7, 2)), fractions.Fraction(" -3/6 "), fractions.Fraction(5, 2).__floor__(), round(fractions.Fraction(5, 2))])
    log.compare("shares are ordered otherwise", sorted([third, 0.3, fractions.Fraction(2, 5), 1]))


@task("sample for the survey could not be drawn")
def draw_sample(log):
    chance = random.Random(11)
    log.compare("survey asks other customers", [chance.sample(range(100), 5), chance.choice("abcdef"), chance.choices("xyz", [1, 5, 2], k=4), chance.randrange(3, 30, 4)])
    deck = list(range(8))
    chance.shuffle(deck)
    log.compare("survey mixes its questions otherwise", deck)
    log.compare("simulated waiting times differ", [round(one, 8) for one in (chance.gauss(5, 2), chance.triangular(1, 9, 3), chance.expovariate(0.5), chance.betavariate(2, 3), chance.gammavariate(0.5, 1), chance.vonmisesvariate(1, 4))])


@task("colours of the chart are missing")
def colour_chart(log):
    log.compare("colours of the chart changed", [[round(part, 5) for part in shade] for shade in (colorsys.rgb_to_hsv(0.2, 0.4, 0.6), colorsys.hsv_to_rgb(0.9, 0.5, 0.7), colorsys.rgb_to_hls(0.9, 0.1, 0.3), colorsys.hls_to_rgb(0.3, 0.6, 0.5), colorsys.rgb_to_yiq(0.1, 0.7, 0.2), colorsys.yiq_to_rgb(0.5, 0.1, 0.1))])


@task("formula of the report is not understood")
def read_formula(log):
    tokens = tokenize.generate_tokens(io.StringIO("def f(x):\n    y = x[1:] + 0x1F  # why\n    return {'a': y}\n").readline)
    words = [(one.type, one.string, one.start) for one in tokens]
    log.compare("formula was cut into other words", words)
    log.compare("formula is put together otherwise", tokenize.untokenize(words and [word[:2] for word in words]))


@task("stock tree cannot be searched")
def search_stock(log):
    root = ElementTree.Element("stock", {"day": "mon"})
    for index, name in enumerate(["tea", "oil", "tea"]):
        item = ElementTree.SubElement(root, "item", name=name)
        ElementTree.SubElement(item, "count").text = str(index * 5)
        item.tail = "\n"
    log.compare("stock tree prints otherwise", ElementTree.tostring(root))
    log.compare("stock search finds other items", [[one.get("name") for one in ElementPath.findall(root, path)] for path in ("item[@name='tea']", "./item[2]", ".//item[count='10']", "item[last()]", "*")])
    log.compare("count of an item reads otherwise", [root.findtext("item/count"), root.find("nothing"), [one.tag for one in root.iter()]])
    ElementTree.indent(root)
    log.compare("stock tree is indented otherwise", ElementTree.tostring(root, encoding="unicode"))
