"""Parse XML that strangers wrote: no entities, no network, no more depth than libxml2 allows by itself."""

from __future__ import annotations

from lxml import etree


def parse_xml(raw: bytes) -> etree._Element:
    """The root of a file of XML, mended where it is broken.

    Raises:
        ValueError: It is no XML at all.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None:
        raise ValueError("no element in it")
    return root


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
