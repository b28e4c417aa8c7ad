//! The simulated estate as clients see it: the project's own, OpenSSL's, and a bare one for SOAP.

mod alarms;
mod estate;
mod faults;
mod hosts;
mod listing;
mod program;
mod providers;
mod rest;
mod stories;
mod support;
mod tls;
mod tls_service;
