"""pyVmomi, a client that nobody here wrote, at the simulated estate: what it refuses, the simulator has wrong."""

# pyVmomi makes its types when it is imported, so nothing of it is typed.
# mypy: allow-untyped-calls

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

import simulated

pytest.importorskip("pyVmomi", reason="pyvmomi is not installed")

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import VmomiSupport, sms, vim, vmodl
from pyVmomi.SoapAdapter import SoapStubAdapter


@pytest.fixture(scope="module", params=["7.0", "8.0.3", "9.0"])
def estate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[simulated.Estate]:
    folder = tmp_path_factory.mktemp("pyvmomi")
    with simulated.running(folder, request.param, hosts=3) as running:
        yield running


@contextmanager
def session(estate: simulated.Estate) -> Iterator[Any]:
    instance = SmartConnect(
        host=estate.host, port=estate.port, user=estate.user, pwd=estate.password, sslContext=estate.context()
    )
    try:
        yield instance
    finally:
        Disconnect(instance)


@pytest.fixture
def si(estate: simulated.Estate) -> Iterator[Any]:
    with session(estate) as instance:
        yield instance


def hosts(si: Any) -> list[Any]:
    manager = si.content.viewManager
    view = manager.CreateContainerView(si.content.rootFolder, [vim.HostSystem], True)
    found = sorted(view.view, key=lambda host: host.name)
    view.Destroy()
    return found


def test_a_login_is_verified_and_a_wrong_password_refused(estate: simulated.Estate) -> None:
    with session(estate) as si:
        assert si.content.sessionManager.currentSession.userName == estate.user
        assert si.content.about.apiType == "VirtualCenter"
    with pytest.raises(vim.fault.InvalidLogin):
        SmartConnect(
            host=estate.host, port=estate.port, user=estate.user, pwd=estate.password + "x", sslContext=estate.context()
        )
    with pytest.raises(ssl.SSLCertVerificationError):
        SmartConnect(host=estate.host, port=estate.port, user=estate.user, pwd=estate.password)


def unset(value: Any, path: str) -> Iterator[str]:
    """Name the fields that a data object must have and does not."""
    if isinstance(value, VmomiSupport.DataObject):
        for field in value._GetPropertyList():
            inner = getattr(value, field.name)
            if inner is None and not field.flags & VmomiSupport.F_OPTIONAL:
                yield f"{path}.{field.name}"
            yield from unset(inner, f"{path}.{field.name}")
    elif isinstance(value, list):
        for item in value:
            yield from unset(item, f"{path}[]")


def test_whole_objects_have_every_field_they_must(si: Any) -> None:
    host = hosts(si)[0]
    objects = [host.summary, host.config, host.runtime, host.configManager, host.parent.summary, si.content]
    si.content.eventManager.LogUserEvent(host, "whole")
    objects += [si.content.eventManager.latestEvent, si.content.sessionManager.currentSession]
    objects.append(host.configManager.certificateManager.certificateInfo)
    missing = [path for value in objects for path in unset(value, type(value).__name__)]
    assert missing == []


def test_hosts_are_the_same_by_view_and_by_traversal(si: Any) -> None:
    by_view = [host.name for host in hosts(si)]
    assert by_view == [f"esx0{number}.vc01.lab.example" for number in (1, 2, 3)]
    by_hand = []
    for datacenter in si.content.rootFolder.childEntity:
        for resource in datacenter.hostFolder.childEntity:
            by_hand += [host.name for host in resource.host]
    assert sorted(by_hand) == by_view
    collector = vmodl.query.PropertyCollector
    again = collector.SelectionSpec(name="folders")
    hosts_of = collector.TraversalSpec(name="hosts", type=vim.ComputeResource, path="host", skip=False)
    folder_of = collector.TraversalSpec(
        name="centers", type=vim.Datacenter, path="hostFolder", skip=False, selectSet=[again]
    )
    folders = collector.TraversalSpec(
        name="folders", type=vim.Folder, path="childEntity", skip=False, selectSet=[again, folder_of, hosts_of]
    )
    start = collector.ObjectSpec(obj=si.content.rootFolder, selectSet=[folders])
    wanted = collector.PropertySpec(type=vim.HostSystem, pathSet=["name", "config.certificate"])
    spec = collector.FilterSpec(objectSet=[start], propSet=[wanted])
    for found in (
        si.content.propertyCollector.RetrieveContents([spec]),
        si.content.propertyCollector.RetrievePropertiesEx([spec], collector.RetrieveOptions(maxObjects=100)).objects,
    ):
        values = [{one.name: one.val for one in content.propSet} for content in found]
        assert sorted(value["name"] for value in values) == by_view
        for value in values:
            pem = bytes(byte & 0xFF for byte in value["config.certificate"])
            names = x509.load_pem_x509_certificate(pem).extensions.get_extension_for_class(x509.SubjectAlternativeName)
            assert names.value.get_values_for_type(x509.DNSName) == [value["name"]]


def test_a_trust_store_is_read_replaced_and_refreshed(si: Any) -> None:
    host = hosts(si)[1]
    manager = host.configManager.certificateManager
    before = list(manager.ListCACertificates())
    lists = list(manager.ListCACertificateRevocationLists())
    assert len(lists) == 1
    assert manager.certificateInfo.status == "good"
    manager.ReplaceCACertificatesAndCRLs(caCert=before[:1], caCrl=[])
    assert list(manager.ListCACertificates()) == before[:1]
    assert list(manager.ListCACertificateRevocationLists()) == []
    manager.ReplaceCACertificatesAndCRLs(caCert=before, caCrl=lists)
    assert list(manager.ListCACertificates()) == before
    with pytest.raises(vmodl.fault.InvalidArgument):
        manager.ReplaceCACertificatesAndCRLs(caCert=["no certificate"], caCrl=[])
    certificates = si.content.certificateManager
    state = WaitForTask(certificates.CertMgrRefreshCACertificatesAndCRLs_Task([host]), si=si)
    assert state == vim.TaskInfo.State.success
    assert list(manager.ListCACertificates()) == before[:1]
    manager.ReplaceCACertificatesAndCRLs(caCert=before, caCrl=lists)
    old = bytes(byte & 0xFF for byte in host.config.certificate)
    WaitForTask(certificates.CertMgrRefreshCertificates_Task([host]), si=si)
    assert bytes(byte & 0xFF for byte in host.config.certificate) != old


def test_a_host_goes_and_comes_back(si: Any) -> None:
    host = hosts(si)[2]
    WaitForTask(host.DisconnectHost_Task(), si=si)
    assert host.runtime.connectionState == "disconnected"
    with pytest.raises(vmodl.fault.HostNotConnected):
        host.configManager.certificateManager.ListCACertificates()
    with pytest.raises(vim.fault.InvalidState):
        WaitForTask(host.DisconnectHost_Task(), si=si)
    wrong = vim.host.ConnectSpec(sslThumbprint=":".join(["00"] * 20), force=False)
    with pytest.raises(vim.fault.SSLVerifyFault) as raised:
        WaitForTask(host.ReconnectHost_Task(cnxSpec=wrong), si=si)
    assert raised.value.thumbprint == host.summary.config.sslThumbprint
    right = vim.host.ConnectSpec(sslThumbprint=raised.value.thumbprint, force=False)
    WaitForTask(host.ReconnectHost_Task(cnxSpec=right), si=si)
    assert host.runtime.connectionState == "connected"


def test_settings_events_and_alarms(si: Any) -> None:
    settings = si.content.setting
    (mode,) = settings.QueryOptions("vpxd.certmgmt.mode")
    assert mode.value == "vmca"
    days = vim.option.OptionValue(key="vpxd.certmgmt.certs.daysValid", value=900)
    settings.UpdateOptions([days])
    assert settings.QueryOptions(days.key)[0].value == 900
    with pytest.raises(vim.fault.InvalidName):
        settings.QueryOptions("vpxd.nothing")
    host = hosts(si)[0]
    when = vim.alarm.EventAlarmExpression(
        eventType=vim.event.GeneralUserEvent,
        objectType=vim.HostSystem,
        status="red",
        comparisons=[
            vim.alarm.EventAlarmExpression.Comparison(attributeName="message", operator="startsWith", value="vitrust")
        ],
    )
    spec = vim.alarm.AlarmSpec(
        name="vitrust trust",
        description="trust is broken",
        enabled=True,
        expression=vim.alarm.OrAlarmExpression(expression=[when]),
    )
    alarm = si.content.alarmManager.CreateAlarm(si.content.rootFolder, spec)
    assert list(unset(alarm.info, "info")) == []
    assert alarm.info.expression.expression[0].comparisons[0].value == "vitrust"
    si.content.eventManager.LogUserEvent(host, "vitrust: <broken> & more")
    (state,) = host.triggeredAlarmState
    assert (state.alarm, state.entity, state.overallStatus) == (alarm, host, "red")
    about = vim.event.EventFilterSpec.ByEntity(entity=host, recursion="self")
    events = si.content.eventManager.QueryEvents(vim.event.EventFilterSpec(entity=about))
    assert events[-1].message == "vitrust: <broken> & more"
    with pytest.raises(vim.fault.DuplicateName):
        si.content.alarmManager.CreateAlarm(si.content.rootFolder, spec)
    alarm.RemoveAlarm()
    assert alarm not in si.content.alarmManager.GetAlarm(None)


def test_a_waiting_collector_sees_a_change(si: Any) -> None:
    collector = vmodl.query.PropertyCollector
    host = hosts(si)[0]
    spec = collector.FilterSpec(
        objectSet=[collector.ObjectSpec(obj=host)],
        propSet=[collector.PropertySpec(type=vim.HostSystem, pathSet=["runtime"])],
    )
    own = si.content.propertyCollector.CreatePropertyCollector()
    watching = own.CreateFilter(spec, False)
    first = own.WaitForUpdatesEx("", None)
    assert first.filterSet[0].objectSet[0].kind == "enter"
    soon = collector.WaitOptions(maxWaitSeconds=0)
    assert own.WaitForUpdatesEx(first.version, soon) is None
    WaitForTask(host.DisconnectHost_Task(), si=si)
    changed = own.WaitForUpdatesEx(first.version, collector.WaitOptions(maxWaitSeconds=10))
    assert changed.filterSet[0].objectSet[0].changeSet[0].val.connectionState == "disconnected"
    WaitForTask(host.ReconnectHost_Task(), si=si)
    watching.Destroy()
    own.Destroy()


@contextmanager
def storage(estate: simulated.Estate, si: Any) -> Iterator[Any]:
    """Give the storage manager of SMS, which takes the session from a header."""
    cookie = si._stub.cookie.split('"')[1]
    context = VmomiSupport.GetRequestContext()
    context["vcSessionCookie"] = cookie
    try:
        stub = SoapStubAdapter(
            host=estate.host,
            port=estate.port,
            path="/sms/sdk",
            version="sms.version.version14",
            sslContext=estate.context(),
        )
        yield sms.ServiceInstance("ServiceInstance", stub).QueryStorageManager()
    finally:
        del context["vcSessionCookie"]


def ended(task: Any) -> Any:
    for _ in range(200):
        info = task.QuerySmsTaskInfo()
        if info.state not in ("queued", "running"):
            return info
        time.sleep(0.02)
    raise TimeoutError(info.key)


def test_storage_providers_are_listed_synchronised_and_registered_again(estate: simulated.Estate, si: Any) -> None:
    with storage(estate, si) as manager:
        providers = {provider.QueryProviderInfo().url: provider for provider in manager.QueryProvider()}
        assert len(providers) == 3
        url = "https://esx01.vc01.lab.example:9080/version.xml"
        provider = providers[url]
        info = provider.QueryProviderInfo()
        assert list(unset(info, "info")) == []
        assert (info.status, info.certificateStatus, info.statusFault) == ("online", "valid", None)
        assert "BEGIN CERTIFICATE" in info.certificate
        for begin in (provider.VasaProviderSync_Task, provider.VasaProviderReconnect_Task):
            done = ended(begin())
            assert (done.state, list(unset(done, "task"))) == ("success", [])
        assert ended(manager.UnregisterProvider_Task(info.uid)).state == "success"
        assert len(manager.QueryProvider()) == 2
        with pytest.raises(vim.fault.NotFound):
            manager.UnregisterProvider_Task(info.uid)
        spec = sms.provider.VasaProviderSpec(name=info.name, username="", password="", url=url)
        task = manager.RegisterProvider_Task(spec)
        done = ended(task)
        assert done.state == "success", done.error
        assert done.result.QueryProviderInfo().status == "online"
        assert task.QuerySmsTaskResult() == done.result
        with pytest.raises(vim.fault.AlreadyExists):
            manager.RegisterProvider_Task(spec)


def test_a_dropped_service_certificate_takes_the_provider_offline(estate: simulated.Estate, si: Any) -> None:
    if estate_version(si) >= (9,):
        pytest.skip("the service of 9.0 has a certificate of VMCA, which a refresh keeps")
    host = hosts(si)[2]
    manager = host.configManager.certificateManager
    before = list(manager.ListCACertificates())
    WaitForTask(si.content.certificateManager.CertMgrRefreshCACertificatesAndCRLs_Task([host]), si=si)
    with storage(estate, si) as storage_manager:
        (provider,) = [one for one in storage_manager.QueryProvider() if host.name in one.QueryProviderInfo().url]
        info = provider.QueryProviderInfo()
        assert info.status == "offline"
        assert isinstance(info.statusFault, sms.fault.CertificateNotTrusted)
        assert isinstance(ended(provider.VasaProviderSync_Task()).error, sms.fault.ProviderSyncFailed)
        manager.ReplaceCACertificatesAndCRLs(caCert=before, caCrl=[])
        assert ended(provider.VasaProviderSync_Task()).state == "success"
        assert provider.QueryProviderInfo().status == "online"


def estate_version(si: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in si.content.about.version.split("."))


def test_a_datastore_names_the_provider_that_serves_it(tmp_path: Path) -> None:
    with (
        simulated.running(tmp_path, array="answers") as estate,
        session(estate) as si,
        storage(estate, si) as manager,
    ):
        view = si.content.viewManager.CreateContainerView(si.content.rootFolder, [vim.Datastore], True)
        vmfs, vvol = sorted(view.view, key=lambda datastore: datastore.name)
        view.Destroy()
        assert [vmfs.summary.type, vvol.summary.type] == ["VMFS", "VVOL"]
        assert isinstance(vmfs.info, vim.host.VmfsDatastoreInfo)
        infos = [provider.QueryProviderInfo() for provider in manager.QueryProvider()]
        arrays = {info.url: info.status for info in infos if info.category == "external"}
        assert arrays == {info.provider.url: "online" for info in vvol.info.vvolDS.vasaProviderInfo}
        parts = [part for one in (vmfs, vvol) for part in (one.summary, one.info, one.capability)]
        assert [path for part in parts for path in unset(part, type(part).__name__)] == []


def test_an_untrusted_provider_names_the_certificate_to_approve(tmp_path: Path) -> None:
    with (
        simulated.running(tmp_path, story="regenerated-vmca") as estate,
        session(estate) as si,
        storage(estate, si) as manager,
    ):
        (provider,) = manager.QueryProvider()
        info = provider.QueryProviderInfo()
        assert info.status == "offline"
        ended(manager.UnregisterProvider_Task(info.uid))
        spec = sms.provider.VasaProviderSpec(name="again", username="", password="", url=info.url)
        refused = ended(manager.RegisterProvider_Task(spec))
        assert isinstance(refused.error, sms.fault.CertificateNotTrusted)
        spec.certificate = refused.error.certificate
        assert ended(manager.RegisterProvider_Task(spec)).state == "success"
