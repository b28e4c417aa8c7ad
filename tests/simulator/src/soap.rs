//! SOAP envelopes: calls that came in, answers and faults that go out.

use crate::xml::{Element, escaped, parse, tag};

/// Which service speaks; its types live in their own namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Vim,
    Sms,
}

impl Service {
    const fn namespace(self) -> &'static str {
        match self {
            Self::Vim => "urn:vim25",
            Self::Sms => "urn:sms",
        }
    }

    /// SMS writes its own types with a prefix.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Vim => "",
            Self::Sms => "sms:",
        }
    }
}

/// One call.
pub(crate) struct Call {
    pub(crate) method: String,
    /// Type and id of the object it is made on.
    pub(crate) this: (String, String),
    pub(crate) arguments: Element,
    /// `vcSessionCookie` of the header.
    pub(crate) session: Option<String>,
}

impl Call {
    pub(crate) fn read(body: &[u8]) -> Result<Self, String> {
        let envelope = parse(body)?;
        let header = envelope.child("Header").and_then(|header| header.child("vcSessionCookie"));
        let session = header.map(|cookie| cookie.text.trim().trim_matches('"').to_owned());
        let content = envelope.child("Body").and_then(|body| body.children.first());
        let Some(arguments) = content.cloned() else { return Err("the envelope has no body".to_owned()) };
        let this = arguments.child("_this");
        let this = this.map(|this| (this.kind().to_owned(), this.text.trim().to_owned())).unwrap_or_default();
        Ok(Self { method: arguments.name.clone(), this, arguments, session })
    }

    /// The text of a required argument.
    pub(crate) fn text(&self, name: &str) -> Result<&str, Fault> {
        self.arguments.text_of(name).ok_or_else(|| Fault::invalid_argument(name))
    }
}

/// Why a call or a task failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The type, `InvalidLogin` for instance.
    pub(crate) kind: String,
    pub(crate) message: String,
    /// The XML of its fields.
    pub(crate) fields: String,
    /// Which namespace the type is of.
    pub(crate) service: Service,
}

impl Fault {
    pub(crate) fn vim(kind: &str, message: &str) -> Self {
        Self { kind: kind.to_owned(), message: message.to_owned(), fields: String::new(), service: Service::Vim }
    }

    pub(crate) fn sms(kind: &str, message: &str) -> Self {
        Self { service: Service::Sms, ..Self::vim(kind, message) }
    }

    pub(crate) fn with(mut self, fields: String) -> Self {
        self.fields = fields;
        self
    }

    pub(crate) fn invalid_argument(name: &str) -> Self {
        Self::vim("InvalidArgument", "A specified parameter was not correct.").with(tag("invalidProperty", name))
    }

    pub(crate) fn not_authenticated() -> Self {
        Self::vim("NotAuthenticated", "The session is not authenticated.")
    }

    pub(crate) fn no_permission(object: (&str, &str), privilege: &str) -> Self {
        let object = crate::xml::reference("object", object.0, object.1);
        Self::vim("NoPermission", "Permission to perform this operation was denied.")
            .with(format!("{object}{}", tag("privilegeId", privilege)))
    }

    pub(crate) fn not_found(this: &(String, String)) -> Self {
        Self::vim("ManagedObjectNotFound", "The object has already been deleted or has not been completely created")
            .with(crate::xml::reference("obj", &this.0, &this.1))
    }

    pub(crate) fn method_not_found(call: &Call) -> Self {
        let receiver = crate::xml::reference("receiver", &call.this.0, &call.this.1);
        Self::vim("MethodNotFound", "The method is not found.")
            .with(format!("{receiver}{}", tag("method", &call.method)))
    }

    /// As `LocalizedMethodFault` inside an element of this name.
    pub(crate) fn localized(&self, name: &str) -> String {
        format!(
            "<{name}><fault xsi:type=\"{}{}\">{}</fault>{}</{name}>",
            self.service.prefix(),
            self.kind,
            self.fields,
            tag("localizedMessage", &self.message)
        )
    }

    /// As the body of an envelope.
    fn body(&self) -> String {
        let (kind, namespace, prefix) = (&self.kind, self.service.namespace(), self.service.prefix());
        format!(
            "<soapenv:Fault><faultcode>ServerFaultCode</faultcode>{}<detail><{kind}Fault xmlns=\"{namespace}\" \
             xsi:type=\"{prefix}{kind}\">{}</{kind}Fault></detail></soapenv:Fault>",
            tag("faultstring", &self.message),
            self.fields
        )
    }
}

/// What a method gave back, in an envelope.
pub(crate) fn answer(service: Service, method: &str, content: &str) -> String {
    let method = escaped(method);
    envelope(&format!("<{method}Response xmlns=\"{}\">{content}</{method}Response>", service.namespace()))
}

/// A fault in an envelope.
pub(crate) fn fault(fault: &Fault) -> String {
    envelope(&fault.body())
}

/// A fault without a type, as for a request that could not be read.
pub(crate) fn unreadable(reason: &str) -> String {
    let text = tag("faultstring", &format!("\nRequest version 'urn:vim25' could not be read: {reason}"));
    envelope(&format!("<soapenv:Fault><faultcode>soapenv:Client</faultcode>{text}</soapenv:Fault>"))
}

fn envelope(body: &str) -> String {
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?>"#,
            "\n",
            r#"<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" "#,
            r#"xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" "#,
            r#"xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" "#,
            r#"xmlns:sms="urn:sms">"#,
            "\n<soapenv:Body>\n{}\n</soapenv:Body>\n</soapenv:Envelope>"
        ),
        body
    )
}
