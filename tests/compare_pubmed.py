#!/usr/bin/env python3
"""Compares the lines of `cartingest parse` with a second, independent reading of the same PubMed XML.

    cartingest parse FILE... > lines.jsonl; python3 tests/compare_pubmed.py lines.jsonl FILE...
    cartingest parse FILE... | python3 tests/compare_pubmed.py - FILE...

Every field of a publication is derived here anew with xml.etree.ElementTree alone. Files (or folders of them) may be gzipped.
A file that ElementTree cannot read, or whose root is no PubMed set, must give quarantined lines and no record; it is passed over.
A record nested deeper than 256 levels must give a quarantined line with its id.
Prints per file `N records, M fields compared, D differences` and the first 20 differences; ends 1 on any.
"""
import collections
import gzip
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

SHOWN = 20
DEEPEST = 256
ENDINGS = (".xml", ".xml.gz", ".gz", ".html")
MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
LISTS = ("abstract", "otherAbstracts", "authors", "languages", "publicationTypes", "mesh", "keywords", "chemicals",
         "registryNumbers", "corrections")
SINGLES = ("kind", "id", "pmid", "version", "title", "vernacularTitle", "journal", "issn", "volume", "issue", "pages",
           "published", "medlineDate", "doi", "pmcid", "status", "book", "bookTitle", "publisher")


def plain(text):
    return " ".join((text or "").split())


def words(element):
    """All characters below an element, markup left out."""
    return "" if element is None else plain("".join(element.itertext()))


def at(element, path):
    """The text at an absolute child path, or None where there is none."""
    return (words(element.find(path)) if element is not None else "") or None


def every(element, path):
    return [text for text in map(words, element.findall(path) if element is not None else []) if text]


def attribute(element, name, default=None):
    return plain(element.get(name)) or default


def month_number(text):
    text = (text or "").strip()
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.get(text[:3].lower()) if text.isalpha() else None


def days_in(year, month):
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def date_of(pub_date):
    """(published, medlineDate)"""
    if pub_date is None:
        return None, None
    free = at(pub_date, "MedlineDate")
    year = at(pub_date, "Year")
    if year is None:
        # Free text: its first year, and the first month of that year.
        years = list(re.finditer(r"(?<!\d)\d{4}(?!\d)", free or ""))
        if not years:
            return None, free
        before_next_year = free[:years[1].start()] if len(years) > 1 else free
        months = [MONTHS[word[:3].lower()] for word in re.findall(r"[A-Za-z]+", before_next_year) if word[:3].lower() in MONTHS]
        return years[0].group() + (f"-{months[0]:02}" if months else ""), free
    if not re.fullmatch(r"\d{4}", year) or year == "0000":
        return None, free
    month = month_number(at(pub_date, "Month"))
    day = at(pub_date, "Day") or ""
    if month is None:
        return year, free
    if day.isdigit() and 1 <= int(day) <= days_in(int(year), month):
        return f"{year}-{month:02}-{int(day):02}", free
    return f"{year}-{month:02}", free


def doi_of(text):
    text = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", "", (text or "").strip(), flags=re.I)
    return text.lower() if re.fullmatch(r"10\.[^/\s]+/\S+", text) else None


def first(values):
    return next((value for value in values if value), None)


def people(lists):
    found = []
    for author_list in lists:
        for author in author_list.findall("Author"):
            person = {"last": at(author, "LastName"), "fore": at(author, "ForeName"), "initials": at(author, "Initials"),
                      "suffix": at(author, "Suffix"), "collective": at(author, "CollectiveName")}
            person = {key: value for key, value in person.items() if value}
            if person:
                found.append(person)
    return found


def chosen_authors(*places):
    """Authors of the record, else of its book; editors only where nobody is an author."""
    for editors in (False, True):
        for place in places:
            lists = [] if place is None else [one for one in place.findall("AuthorList") if (one.get("Type") == "editors") == editors]
            if people(lists):
                return people(lists)
    return []


def pages_of(element):
    pages, start, end = (at(element, f"Pagination/{name}") for name in ("MedlinePgn", "StartPage", "EndPage"))
    return pages or "-".join(part for part in (start, end) if part) or None


def sections(element):
    found = []
    for text in element.findall("Abstract/AbstractText") if element is not None else []:
        section = {"label": attribute(text, "Label"), "text": words(text)}
        if section["label"] or section["text"]:
            found.append({key: value for key, value in section.items() if value is not None})
    return found


def mesh_of(citation):
    found = []
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        descriptor = heading.find("DescriptorName")
        if descriptor is None:
            continue
        one = {"descriptor": words(descriptor), "ui": attribute(descriptor, "UI"), "major": descriptor.get("MajorTopicYN") == "Y",
               "qualifiers": [{"name": words(q), "major": q.get("MajorTopicYN") == "Y"} for q in heading.findall("QualifierName")]}
        found.append({key: value for key, value in one.items() if value is not None})
    return found


def corrections_of(citation):
    found = []
    for one in citation.findall("CommentsCorrectionsList/CommentsCorrections"):
        pmid = at(one, "PMID")
        shape = {"type": attribute(one, "RefType", ""), "pmid": int(pmid) if pmid and pmid.isdigit() else None, "citation": at(one, "RefSource")}
        found.append({key: value for key, value in shape.items() if value is not None})
    return found


def listed(kind, *id_lists):
    return [words(one) for id_list in id_lists if id_list is not None for one in id_list.findall("ArticleId") if one.get("IdType") == kind]


def located(element):
    return [words(one) for one in (element.findall("ELocationID") if element is not None else [])
            if one.get("EIdType") == "doi" and one.get("ValidYN", "Y") == "Y"]


def article(record):
    citation = record.find("MedlineCitation")
    body = citation.find("Article")
    ids = record.find("PubmedData/ArticleIdList")
    published, medline_date = date_of(body.find("Journal/JournalIssue/PubDate") if body is not None else None)
    others = [{"type": attribute(one, "Type"), "language": attribute(one, "Language", "eng"), "text": " ".join(every(one, "AbstractText"))}
              for one in citation.findall("OtherAbstract")]
    return shape(citation.find("PMID"), {
        "title": words(body.find("ArticleTitle") if body is not None else None), "abstract": sections(body),
        "otherAbstracts": [{key: value for key, value in one.items() if value is not None} for one in others],
        "vernacularTitle": at(body, "VernacularTitle"), "journal": at(body, "Journal/Title"), "issn": at(body, "Journal/ISSN"),
        "volume": at(body, "Journal/JournalIssue/Volume"), "issue": at(body, "Journal/JournalIssue/Issue"), "pages": pages_of(body),
        "published": published, "medlineDate": medline_date, "authors": chosen_authors(body),
        "doi": first(map(doi_of, located(body) + listed("doi", ids))), "pmcid": first(listed("pmc", ids)),
        "languages": every(body, "Language"), "publicationTypes": every(body, "PublicationTypeList/PublicationType"),
        "mesh": mesh_of(citation), "keywords": every(citation, "KeywordList/Keyword"), "chemicals": every(citation, "ChemicalList/Chemical/NameOfSubstance"),
        "registryNumbers": list(dict.fromkeys(every(body, "DataBankList/DataBank/AccessionNumberList/AccessionNumber"))),
        "corrections": corrections_of(citation), "status": attribute(citation, "Status"), "book": False})


def book(record):
    document = record.find("BookDocument")
    volume = document.find("Book")
    ids = [document.find("ArticleIdList"), record.find("PubmedBookData/ArticleIdList")]
    published, medline_date = date_of(volume.find("PubDate") if volume is not None else None)
    return shape(document.find("PMID"), {
        "title": at(document, "ArticleTitle") or at(volume, "BookTitle") or "", "abstract": sections(document), "vernacularTitle": at(document, "VernacularTitle"),
        "volume": at(volume, "Volume"), "pages": pages_of(document), "published": published, "medlineDate": medline_date,
        "authors": chosen_authors(document, volume), "doi": first(map(doi_of, located(volume) + listed("doi", *ids))), "pmcid": first(listed("pmc", *ids)),
        "languages": every(document, "Language"), "publicationTypes": every(document, "PublicationType"), "keywords": every(document, "KeywordList/Keyword"),
        "book": True, "bookTitle": at(volume, "BookTitle"), "publisher": at(volume, "Publisher/PublisherName")})


def shape(pmid, fields):
    fields.update(kind="publication", id=f"pmid:{int(words(pmid))}", pmid=int(words(pmid)), version=int(pmid.get("Version") or 1))
    return {**{name: [] for name in LISTS}, **fields}


def too_deep(record):
    depth, level = 0, [record]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth > DEEPEST


def expected(path):
    """The records of a file in its order; None where it is no PubMed XML."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return None
    records = [root] if root.tag in ("PubmedArticle", "PubmedBookArticle") else list(root) if root.tag in ("PubmedArticleSet", "PubmedBookArticleSet") else None
    if records is None:
        return None
    found = []
    for record in records:
        if record.tag == "DeleteCitation":
            found += [{"kind": "deleted", "pmid": int(words(pmid))} for pmid in record.findall("PMID")]
        else:
            line = book(record) if record.tag == "PubmedBookArticle" else article(record)
            found.append({"kind": "quarantined", "id": line["id"], "pmid": line["pmid"]} if too_deep(record) else line)
    return found


def compare(wanted, got):
    """(fields compared, differences)"""
    names = ("kind", "pmid") if wanted["kind"] == "deleted" else SINGLES + LISTS
    differences = [f"{wanted.get('pmid')}.{name}: read {got.get(name)!r}, expected {wanted.get(name)!r}" for name in names if got.get(name) != wanted.get(name)]
    return len(names), differences


def files_of(arguments):
    for argument in map(pathlib.Path, arguments):
        if argument.is_dir():
            yield from sorted(path for path in argument.rglob("*") if path.is_file() and path.name.endswith(ENDINGS))
        else:
            yield argument


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    source = sys.stdin if sys.argv[1] == "-" else open(sys.argv[1], encoding="utf-8")
    read = list(map(json.loads, source))
    lines = collections.deque(line for line in read if line.get("kind") != "quarantined")
    quarantined = collections.Counter(line.get("id") for line in read if line.get("kind") == "quarantined")
    total = 0
    for path in files_of(sys.argv[2:]):
        wanted = expected(path)
        if wanted is None:
            print(f"{path}: no PubMed XML, 0 records")
            continue
        fields, differences = 0, []
        for record in wanted:
            if record["kind"] == "quarantined":
                fields += 1
                quarantined[record["id"]] -= 1
                if quarantined[record["id"]] < 0:
                    differences.append(f"{record['id']}: no quarantined line is left for it")
                continue
            if not lines:
                differences.append(f"{record.get('pmid')}: no line is left for it")
                continue
            count, found = compare(record, lines.popleft())
            fields += count
            differences += found
        print(f"{path}: {len(wanted)} records, {fields} fields compared, {len(differences)} differences")
        for difference in differences[:max(0, SHOWN - total)]:
            print(f"    {difference}")
        total += len(differences)
    if lines:
        print(f"{len(lines)} lines are of no record in these files, the first: {lines[0].get('id') or lines[0].get('pmid')}")
    print(f"{total + len(lines)} differences")
    sys.exit(1 if total or lines else 0)


if __name__ == "__main__":
    main()
