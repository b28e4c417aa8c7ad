//! Inventories: which vCenters to ask, and whom to be there.

use std::ffi::c_char;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use vitrust::net::{Credentials, NetError, Secret, Secrets};

use crate::boundary::{Failure, bytes, guard, or_else, secret, text};
use crate::out::{Out, free, handle, peek, required};
use crate::{Error, Status};

/// The vCenters to query, with what is needed to log in. Any number of threads may use one at the same time. Whoever
/// received it frees it with vitrust_inventory_free; its passwords are then wiped.
#[derive(Debug)]
pub struct Inventory(Mutex<vitrust::net::Inventory>);

/// Makes an inventory without vCenters; vitrust_inventory_add adds them.
///
/// options, options_len: a JSON object or nothing (NULL with length 0). Its keys, as in an inventory file
/// (docs/guide/collect.md):
///   "vcenters_in_flight", "hosts_in_flight"  how many are asked at a time
///   "connect"  where to connect instead: {"*.lab.example:443": "127.0.0.1:8443"}
/// inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_new(
    options: *const c_char,
    options_len: usize,
    inventory_out: *mut *mut Inventory,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let inventory_out = unsafe { Out::new(inventory_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let inventory_out = required("inventory_out", inventory_out)?;
        // SAFETY: the caller lends `options_len` bytes for this call.
        let options = unsafe { text("options", options, options_len) }?;
        inventory_out.put(Inventory::of(vitrust::net::Inventory::new(options), "options")?);
        Ok(())
    })
}

/// Reads an inventory file (TOML, docs/guide/collect.md). Passwords are where the file says: in a variable of the
/// environment or in a file.
///
/// path, path_len: the file.
/// password, password_len: serves the entries that say `password_prompt`; NULL with length 0 says that nobody can
/// be asked. It is the password of one user: if entries ask for more than one, the call fails rather than send it
/// to a server it is not meant for. Borrowed for this call; the library keeps a copy in the inventory.
/// environment, environment_len: the variables that count, each as NAME=value with a NUL behind it, for a caller whose own
/// environment is not the one of the process (.NET on Linux keeps a copy); NULL with length 0 for that of the process.
/// inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes. No message contains a password.
///
/// Fails with VITRUST_STATUS_INVENTORY for a wrong file, and with VITRUST_STATUS_CREDENTIALS when a password is not
/// where the file says. May be called from any thread, while none changes the environment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_load(
    path: *const c_char,
    path_len: usize,
    password: *const c_char,
    password_len: usize,
    environment: *const c_char,
    environment_len: usize,
    inventory_out: *mut *mut Inventory,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let inventory_out = unsafe { Out::new(inventory_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let inventory_out = required("inventory_out", inventory_out)?;
        // SAFETY: the caller lends `path_len` bytes for this call.
        let path = unsafe { text("path", path, path_len) }?;
        // SAFETY: the caller lends `password_len` bytes for this call.
        let password = unsafe { secret("password", password, password_len) }?;
        // SAFETY: the caller lends `environment_len` bytes for this call.
        let variables = unsafe { variables(environment, environment_len) }?;
        let mut known =
            Known { password: Some(password).filter(|password| !password.is_empty()), asked: None, variables };
        inventory_out.put(Inventory::of(vitrust::net::Inventory::load(Path::new(path), &mut known), "path")?);
        Ok(())
    })
}

/// Makes an inventory of one vCenter from the variables of the environment that govc and PowerCLI scripts use: GOVC_URL,
/// GOVC_USERNAME, GOVC_PASSWORD, GOVC_INSECURE, GOVC_TLS_CA_CERTS, or VMWARE_HOST, VMWARE_USER, VMWARE_PASSWORD.
///
/// environment, environment_len: as in vitrust_inventory_load.
/// inventory_out: receives the inventory, to be freed with vitrust_inventory_free. NULL unless the call returns OK.
/// error_out: as in vitrust_store_from_bytes.
///
/// Fails as vitrust_inventory_load. May be called from any thread, while none changes the environment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_from_environment(
    environment: *const c_char,
    environment_len: usize,
    inventory_out: *mut *mut Inventory,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let inventory_out = unsafe { Out::new(inventory_out) };
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        let inventory_out = required("inventory_out", inventory_out)?;
        // SAFETY: the caller lends `environment_len` bytes for this call.
        let variables = unsafe { variables(environment, environment_len) }?;
        let made = vitrust::net::Inventory::from_environment(&mut Known { password: None, asked: None, variables });
        inventory_out.put(Inventory::of(made, "environment")?);
        Ok(())
    })
}

/// Adds a vCenter to which the library logs in, and logs out at the end.
///
/// inventory: not NULL; it stays the caller's.
/// settings, settings_len: a JSON object with the keys of a [[vcenter]] of an inventory file, except user and
/// password: "url" (required), "name", "ca_file", "system_roots", "pins", "insecure", "timeout_seconds", "sso_domain", "sms_file",
/// "hosts", "providers", "probe_hosts". Paths are relative to the working directory.
/// user, user_len: for example "audit@vsphere.local".
/// password, password_len: borrowed for this call; the library keeps a copy in the inventory and wipes it at the end.
/// error_out: as in vitrust_store_from_bytes. No message contains the password.
///
/// Fails with VITRUST_STATUS_INVENTORY or VITRUST_STATUS_CREDENTIALS; nothing is then added. Several threads may add to one
/// inventory at the same time, while none changes the environment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_add(
    inventory: *mut Inventory,
    settings: *const c_char,
    settings_len: usize,
    user: *const c_char,
    user_len: usize,
    password: *const c_char,
    password_len: usize,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        // SAFETY: the caller keeps the inventory until the call returns.
        let inventory = unsafe { handle("inventory", inventory) }?;
        // SAFETY: the caller lends `settings_len` bytes for this call.
        let settings = unsafe { text("settings", settings, settings_len) }?;
        // SAFETY: the caller lends `user_len` bytes for this call.
        let user = unsafe { text("user", user, user_len) }?.to_owned();
        // SAFETY: the caller lends `password_len` bytes for this call.
        let password = unsafe { secret("password", password, password_len) }?;
        inventory.add(settings, Credentials::Password { user, password })
    })
}

/// Adds a vCenter with which a session is already open: the SessionSecret of a PowerCLI connection. The library neither
/// logs in nor out.
///
/// inventory: not NULL; it stays the caller's.
/// settings, settings_len: as in vitrust_inventory_add.
/// session, session_len: the key of the vim session; borrowed and kept like a password.
/// error_out: as in vitrust_store_from_bytes. No message contains the session.
///
/// Before vCenter 8.0.3 a vim session opens none of the REST API, so trusted roots then come from certs/download.zip.
/// Fails as vitrust_inventory_add. May be called from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_add_session(
    inventory: *mut Inventory,
    settings: *const c_char,
    settings_len: usize,
    session: *const c_char,
    session_len: usize,
    error_out: *mut *mut Error,
) -> Status {
    // SAFETY: the caller passes NULL or a place for one pointer.
    let error_out = unsafe { Out::new(error_out) };
    guard(error_out, || {
        // SAFETY: the caller keeps the inventory until the call returns.
        let inventory = unsafe { handle("inventory", inventory) }?;
        // SAFETY: the caller lends `settings_len` bytes for this call.
        let settings = unsafe { text("settings", settings, settings_len) }?;
        // SAFETY: the caller lends `session_len` bytes for this call.
        let session = unsafe { secret("session", session, session_len) }?;
        inventory.add(settings, Credentials::Session(session))
    })
}

/// How many vCenters the inventory has. NULL gives 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_len(inventory: *const Inventory) -> usize {
    or_else(0, || {
        // SAFETY: the caller passes NULL or an inventory that is not freed before the call returns.
        let inventory = unsafe { peek(inventory) };
        inventory.map_or(0, |inventory| inventory.lock().vcenters.len())
    })
}

/// Frees an inventory and wipes its passwords. NULL is fine. Free it once, when no thread uses it any more; clients that
/// were opened with it go on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vitrust_inventory_free(inventory: *mut Inventory) {
    // SAFETY: the caller passes NULL or an inventory of this library, and does not use it again.
    unsafe { free(inventory) }
}

impl Inventory {
    fn of(made: Result<vitrust::net::Inventory, NetError>, argument: &str) -> Result<Self, Failure> {
        let made = made.map_err(|error| Failure::from_core(argument, &error.into()))?;
        Ok(Self(Mutex::new(made)))
    }

    fn add(&self, settings: &str, credentials: Credentials) -> Result<(), Failure> {
        let added = self.lock().add(settings, credentials);
        added.map_err(|error| Failure::from_core("settings", &error.into()))
    }

    fn lock(&self) -> MutexGuard<'_, vitrust::net::Inventory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it has now, which must be something.
    pub(crate) fn filled(&self) -> Result<vitrust::net::Inventory, Failure> {
        let inventory = self.lock().clone();
        if inventory.vcenters.is_empty() {
            return Err(Failure::new(Status::Inventory, "inventory", "the inventory has no vCenter"));
        }
        Ok(inventory)
    }
}

/// Where an inventory finds passwords: in the environment, and the one that the caller gave for one question.
struct Known<'a> {
    password: Option<Secret>,
    asked: Option<String>,
    /// The environment as the caller sees it, each variable as NAME=value with a NUL behind it; that of the process where it
    /// gave none. It is read where it lies: a copy would have to be wiped.
    variables: Option<&'a str>,
}

impl Secrets for Known<'_> {
    fn variable(&mut self, name: &str) -> Option<String> {
        let Some(variables) = self.variables else { return std::env::var(name).ok() };
        let is_it = |own: &str| if cfg!(windows) { own.eq_ignore_ascii_case(name) } else { own == name };
        let mut all = variables.split('\0').filter_map(|one| one.split_once('='));
        all.find(|(own, _)| is_it(own)).map(|(_, value)| value.to_owned())
    }

    fn prompt(&mut self, question: &str) -> Option<Secret> {
        let first = self.asked.get_or_insert_with(|| question.to_owned());
        self.password.clone().filter(|_| first == question)
    }
}

/// The variables that a caller gave; `None` where it gave none.
///
/// # Safety
/// `data` is NULL, or there are `len` bytes to read there for `'a`.
unsafe fn variables<'a>(data: *const c_char, len: usize) -> Result<Option<&'a str>, Failure> {
    // SAFETY: by this function's contract.
    let given = unsafe { bytes("environment", data.cast(), len) }?;
    let refused = |reason: &str| Failure::new(Status::Argument, "environment", format!("`environment` {reason}"));
    let text = str::from_utf8(given).map_err(|_| Failure { status: Status::Utf8, ..refused("is not UTF-8") })?;
    if !text.is_empty() && !text.ends_with('\0') {
        return Err(refused("does not end with a NUL"));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}
