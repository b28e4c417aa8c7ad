//! What goes over the wire: XML, SOAP with its faults, and the REST API in both its forms.

pub(super) mod fault;
pub(super) mod rest;
pub(super) mod soap;
pub(super) mod xml;
