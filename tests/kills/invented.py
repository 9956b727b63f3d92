"""Records to import, enough of them for an import to be killed in many places. All invented: numbers that no source gives out."""
import json
from random import Random

WORDS = ("cells", "targeting", "CD33", "CD123", "relapse", "invented", "remission", "infusion", "marrow", "antigen", "dose", "survival", "toxicity", "bridging")
PUBLICATIONS, STUDIES, TWICE = 1500, 800, 7


def write(folder, seed):
    """PubMed XML with some records twice, the second time changed, and studies as JSON lines; says which files."""
    dice = Random(seed)
    folder.mkdir()
    articles = [article(97000000 + i, text(dice, 12), text(dice, 150)) for i in range(PUBLICATIONS)]
    again = [article(97000000 + i, text(dice, 12), text(dice, 150)) for i in range(0, PUBLICATIONS, TWICE)]
    xml = folder / "publications.xml"
    xml.write_text(f'<?xml version="1.0"?>\n<PubmedArticleSet>\n{"".join(articles + again)}</PubmedArticleSet>\n', encoding="utf-8")
    studies = folder / "studies.jsonl"
    studies.write_text("".join(json.dumps(study(f"NCT97{i:06}", text(dice, 10), text(dice, 120))) + "\n" for i in range(STUDIES)), encoding="utf-8")
    return [str(xml), str(studies)]


def text(dice, words):
    return " ".join(dice.choices(WORDS, k=words))


def article(pmid, title, abstract):
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID><Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print">'
        f"<PubDate><Year>2031</Year></PubDate></JournalIssue><Title>An invented journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>"
        f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract><Language>eng</Language></Article></MedlineCitation></PubmedArticle>\n")


def study(nct, title, summary):
    return {"protocolSection": {
        "identificationModule": {"nctId": nct, "briefTitle": title},
        "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2031-02-20"}},
        "descriptionModule": {"briefSummary": summary}}}
