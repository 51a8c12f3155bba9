"""The words of RDF, RDFS, OWL and XSD that the checks look for."""

from __future__ import annotations

from kg.terms import PREFIXES

OWL, RDF, RDFS, XSD = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
CLASS = OWL + "Class"
DATATYPE = RDFS + "Datatype"
OBJECT_PROPERTY, DATATYPE_PROPERTY, ANNOTATION_PROPERTY = (
    OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
PROPERTY_KINDS = frozenset((OBJECT_PROPERTY, DATATYPE_PROPERTY, ANNOTATION_PROPERTY))
IMPORTS = OWL + "imports"
# owlready2 imports the Python module that this annotation names.
PYTHON_MODULE = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module"
NEVER_FOLLOWED = frozenset((IMPORTS, PYTHON_MODULE))

# OWL 2 Structural Specification, section 4.
_OWL_2_DATATYPES = """
    byte decimal int integer long negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger short
    unsignedByte unsignedInt unsignedLong unsignedShort double float string normalizedString token language
    Name NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp
"""
DATATYPES = frozenset(
    {XSD + name for name in _OWL_2_DATATYPES.split()}
    | {RDF + name for name in ("langString", "PlainLiteral", "XMLLiteral")}
    | {OWL + name for name in ("real", "rational")}
)
