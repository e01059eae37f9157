"""A WSDL of the few operations that the driver calls, written from colombia.md 6 and 6b.

facho's zeep asks the service for one; the pretended DIAN has none. Nothing here is copied from the
published WSDL: names, order of members and namespaces are those of our dossier.
"""

from __future__ import annotations

WCF = "http://wcf.dian.colombia"
CONTRACTS = "http://schemas.datacontract.org/2004/07/"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
STRING, BINARY, TRUTH, LONG = "xs:string", "xs:base64Binary", "xs:boolean", "xs:long"
OPERATIONS = {  # name: arguments, kind of answer
    "SendBillSync": ({"fileName": STRING, "contentFile": BINARY}, "d:DianResponse"),
    "SendTestSetAsync": (
        {"fileName": STRING, "contentFile": BINARY, "testSetId": STRING},
        "u:UploadDocumentResponse",
    ),
    "GetStatus": ({"trackId": STRING}, "d:DianResponse"),
    "GetStatusZip": ({"trackId": STRING}, "d:ArrayOfDianResponse"),
    "GetNumberingRange": (
        {"accountCode": STRING, "accountCodeT": STRING, "softwareCode": STRING},
        "l:NumberRangeResponseList",
    ),
}
PREFIXES = {
    "d": "DianResponse",
    "u": "UploadDocumentResponse",
    "x": "XmlParamsResponseTrackId",
    "l": "NumberRangeResponseList",
    "n": "NumberRangeResponse",
}
TYPES = {  # prefix: kind: members, a star for many
    "d": {
        "DianResponse": {
            "ErrorMessage": "r:ArrayOfstring",
            "IsValid": TRUTH,
            "StatusCode": STRING,
            "StatusDescription": STRING,
            "StatusMessage": STRING,
            "XmlBase64Bytes": BINARY,
            "XmlBytes": BINARY,
            "XmlDocumentKey": STRING,
            "XmlFileName": STRING,
        },
        "ArrayOfDianResponse": {"DianResponse*": "d:DianResponse"},
    },
    "u": {
        "UploadDocumentResponse": {
            "ErrorMessageList": "x:ArrayOfXmlParamsResponseTrackId",
            "ZipKey": STRING,
        }
    },
    "x": {
        "ArrayOfXmlParamsResponseTrackId": {
            "XmlParamsResponseTrackId*": "x:XmlParamsResponseTrackId"
        },
        "XmlParamsResponseTrackId": {
            "DocumentKey": STRING,
            "ProcessedMessage": STRING,
            "SenderCode": STRING,
            "Success": TRUTH,
            "XmlFileName": STRING,
        },
    },
    "l": {
        "NumberRangeResponseList": {
            "OperationCode": STRING,
            "OperationDescription": STRING,
            "ResponseList": "n:ArrayOfNumberRangeResponse",
        }
    },
    "n": {
        "ArrayOfNumberRangeResponse": {"NumberRangeResponse*": "n:NumberRangeResponse"},
        "NumberRangeResponse": {
            "ResolutionNumber": STRING,
            "ResolutionDate": STRING,
            "Prefix": STRING,
            "FromNumber": LONG,
            "ToNumber": LONG,
            "ValidDateFrom": STRING,
            "ValidDateTo": STRING,
            "TechnicalKey": STRING,
        },
    },
}


def written(address: str) -> str:
    """The WSDL of a service at this address."""
    schemas = [_schema(CONTRACTS + PREFIXES[prefix], kinds) for prefix, kinds in TYPES.items()]
    strings = {"ArrayOfstring": {"string*": STRING}}
    schemas += [
        _schema(ARRAYS, strings),
        f"{_head(WCF)}{''.join(map(_elements, OPERATIONS))}</xs:schema>",
    ]
    spaces = " ".join(f'xmlns:{p}="{CONTRACTS}{name}"' for p, name in PREFIXES.items())
    return (
        '<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" '
        'xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" '
        'xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="{WCF}" xmlns:r="{ARRAYS}" '
        f'{spaces} targetNamespace="{WCF}"><w:types>{"".join(schemas)}</w:types>'
        + "".join(map(_messages, OPERATIONS))
        + f'<w:portType name="Service">{"".join(map(_port, OPERATIONS))}</w:portType>'
        '<w:binding name="Soap12" type="t:Service"><soap12:binding '
        'transport="http://schemas.xmlsoap.org/soap/http"/>'
        + "".join(map(_bound, OPERATIONS))
        + '</w:binding><w:service name="Dian"><w:port name="Soap12" binding="t:Soap12">'
        f'<soap12:address location="{address}"/></w:port></w:service></w:definitions>'
    )


def _head(namespace: str) -> str:
    spaces = {CONTRACTS + name for name in PREFIXES.values()} | {ARRAYS}
    imports = "".join(f'<xs:import namespace="{one}"/>' for one in sorted(spaces - {namespace}))
    return f'<xs:schema elementFormDefault="qualified" targetNamespace="{namespace}">{imports}'


def _schema(namespace: str, kinds: dict[str, dict[str, str]]) -> str:
    told = "".join(
        f'<xs:complexType name="{n}">{_members(m)}</xs:complexType>' for n, m in kinds.items()
    )
    return f"{_head(namespace)}{told}</xs:schema>"


def _members(members: dict[str, str]) -> str:
    told = "".join(
        f'<xs:element name="{name.rstrip("*")}" type="{kind}" minOccurs="0" nillable="true"'
        f"{' maxOccurs=' + chr(34) + 'unbounded' + chr(34) if name.endswith('*') else ''}/>"
        for name, kind in members.items()
    )
    return f"<xs:sequence>{told}</xs:sequence>"


def _elements(name: str) -> str:
    asked, answer = OPERATIONS[name]
    pair = ((name, asked), (f"{name}Response", {f"{name}Result": answer}))
    return "".join(
        f'<xs:element name="{element}"><xs:complexType>{_members(members)}</xs:complexType>'
        "</xs:element>"
        for element, members in pair
    )


def _messages(name: str) -> str:
    return "".join(
        f'<w:message name="{end}"><w:part name="parameters" element="t:{end}"/></w:message>'
        for end in (name, f"{name}Response")
    )


def _port(name: str) -> str:
    action = f"{WCF}/IWcfDianCustomerServices/{name}"
    return (
        f'<w:operation name="{name}"><w:input wsaw:Action="{action}" message="t:{name}"/>'
        f'<w:output wsaw:Action="{action}Response" message="t:{name}Response"/></w:operation>'
    )


def _bound(name: str) -> str:
    action = f"{WCF}/IWcfDianCustomerServices/{name}"
    return (
        f'<w:operation name="{name}"><soap12:operation soapAction="{action}" style="document"/>'
        '<w:input><soap12:body use="literal"/></w:input>'
        '<w:output><soap12:body use="literal"/></w:output></w:operation>'
    )
