using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Contracts.Incidents;
using OnlineSafetyTrust.Contracts.Policies;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.Contracts.Serialization;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Devices;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Devices;

public class DeviceTests
{
    private static readonly DeviceId Tablet = new(Guid.Parse("55555555-0000-7000-8000-000000000003"));
    private static readonly DeviceId Other = new(Guid.Parse("55555555-0000-7000-8000-000000000004"));
    private static readonly DeviceFacts Known = new(Facts);
    private static readonly DeviceFacts Unknown = new(Facts, false);
    private static readonly DeviceHolder Kim = DeviceHolder.Of(Pupil);
    private static readonly RegisterDevice Shared = new(DeviceOwnership.School, true, DeviceKind.Tablet, "iPad 12", " sn-canary 1 ", null, false, DeviceEncryption.Encrypted);

    private readonly StoredStream<DeviceState> _device = new(new DeviceModel(), DeviceKey.Of(GivenSchool.Id, Tablet));

    [Fact]
    public void A_registered_device_is_in_the_list_and_found_by_its_serial_number()
    {
        Register(Shared);
        var view = Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device));
        Assert.Equal(("iPad 12", "SN-CANARY1", DeviceEncryption.Encrypted), (view.Label, view.Serial, view.Encryption));
        Assert.Equal((DeviceTables.SerialLookup, Tablet.ToString()), (_device.Last!.Lookups[0].Kind, _device.Last.Lookups[0].Id));
        _device.Refused(By(Role.ClassTeacher), "DEVICE_EXISTS", (s, c) => DeviceDecider.Register(s, Known, Shared, Tablet, c));
    }

    [Fact]
    public void A_wrong_registration_is_refused()
    {
        void Refused(string code, RegisterDevice command, DeviceFacts? facts = null, Role by = Role.ClassTeacher) =>
            _device.Refused(By(by), code, (s, c) => DeviceDecider.Register(s, facts ?? Known, command, Tablet, c));

        Refused("NOT_ALLOWED", Shared, by: Role.Governor);
        Refused("DEVICE_NOT_DESCRIBED", Shared with { Label = " ", Serial = null });
        Refused("HOLDER_MISSING", Shared with { Ownership = DeviceOwnership.Personal });
        Refused("HOLDER_WRONG", Shared with { Holder = new DeviceHolder(null, null) });
        Refused("HOLDER_WRONG", Shared with { Holder = new DeviceHolder(Pupil, Of(Role.Dsl)) });
        Refused("HOLDER_UNKNOWN", Shared with { Holder = Kim }, Unknown);
    }

    [Fact]
    public void Who_used_a_shared_tablet_a_fortnight_ago_was_in_no_view_any_more()
    {
        Register(Shared);
        for (var i = 0; i < 55; i++)
        {
            var use = new RecordDeviceUse(Kim, Monday.AddHours(-2), Monday.AddHours(-1));
            _device.Do(By(Role.SupportStaff), (s, c) => DeviceDecider.Use(s, Known, use, c));
            Assert.Empty(_device.Last!.GoneRows);
        }

        Assert.Equal(50, _device.State.Uses.Count);
        Assert.Equal(Enumerable.Range(1, 55), _device.Rows<DeviceUseView>(DeviceTables.Use).Select(u => u.Number).Order());
    }

    [Fact]
    public void A_wrong_use_is_refused()
    {
        var use = new RecordDeviceUse(Kim, Monday.AddHours(-2), Monday.AddHours(-1));
        void Refused(string code, RecordDeviceUse command, DeviceFacts? facts = null, Role by = Role.ClassTeacher) =>
            _device.Refused(By(by), code, (s, c) => DeviceDecider.Use(s, facts ?? Known, command, c));

        Refused("NOT_FOUND", use);
        Register(Shared);
        Refused("NOT_ALLOWED", use, by: Role.Volunteer);
        Refused("END_BEFORE_START", use with { To = Monday.AddHours(-3) });
        Refused("USE_IN_FUTURE", use with { From = Monday.AddHours(1), To = null });
        Refused("USE_IN_FUTURE", use with { To = Monday.AddHours(1) });
        Refused("HOLDER_UNKNOWN", use, Unknown);
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c));
        Refused("DEVICE_IN_CUSTODY", use);
    }

    [Fact]
    public void Only_a_shared_device_has_uses()
    {
        Register(Shared with { Shared = false });
        _device.Refused(By(Role.Dsl), "DEVICE_NOT_SHARED", (s, c) => DeviceDecider.Use(s, Known, new RecordDeviceUse(Kim, Monday, null), c));
    }

    [Fact]
    public void A_device_is_lent_and_comes_back()
    {
        var lend = new LendDevice(Kim, new DateOnly(2026, 12, 18));
        _device.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => DeviceDecider.Lend(s, Known, lend, c));
        _device.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => DeviceDecider.EndLoan(s, Known, c));
        Register(Shared);
        _device.Refused(By(Role.Volunteer), "NOT_ALLOWED", (s, c) => DeviceDecider.Lend(s, Known, lend, c));
        _device.Refused(By(Role.Volunteer), "NOT_ALLOWED", (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Refused(By(Role.Dsl), "DEVICE_NOT_ON_LOAN", (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Refused(By(Role.Dsl), "DUE_BACK_PAST", (s, c) => DeviceDecider.Lend(s, Known, lend with { DueBack = new DateOnly(2026, 11, 1) }, c));
        _device.Refused(By(Role.Dsl), "HOLDER_UNKNOWN", (s, c) => DeviceDecider.Lend(s, Unknown, lend, c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, lend, c));
        Assert.Equal(Kim, Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device)).Loan!.Borrower);
        _device.Refused(By(Role.Dsl), "DEVICE_ON_LOAN", (s, c) => DeviceDecider.Lend(s, Known, lend, c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.EndLoan(s, Known, c));
        Assert.Null(_device.State.Record!.Loan);
    }

    [Fact]
    public void A_pupil_who_was_to_have_no_device_was_lent_one_and_used_another()
    {
        Register(Shared);
        var forbidden = Known with { Forbidden = true };
        foreach (var (by, code) in new[] { (Role.Dsl, "STRATEGY_NOT_AGREED"), (Role.ClassTeacher, "NOT_ALLOWED") })
        {
            _device.Refused(By(by), code, (s, c) => DeviceDecider.Lend(s, forbidden, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
            _device.Refused(By(by), code, (s, c) => DeviceDecider.Use(s, forbidden, new RecordDeviceUse(Kim, Monday.AddHours(-1), null), c));
        }

        // What the head decides they record themselves.
        _device.Do(By(Role.Headteacher), (s, c) => DeviceDecider.Use(s, forbidden, new RecordDeviceUse(Kim, Monday.AddHours(-1), null), c));
        _device.Do(By(Role.Headteacher), (s, c) => DeviceDecider.Lend(s, forbidden, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
    }

    [Fact]
    public void The_schools_own_laptop_taken_from_its_borrower_could_neither_go_back_nor_be_the_schools_again()
    {
        Register(Shared);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c));
        _device.Refused(By(Role.Dsl), "STRATEGY_NOT_AGREED", (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c, forbidden: true));

        // An incident waits for it: whoever it was taken from stays the one whom that concerns.
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Await(s, new DeviceAwaited(Incident, [StepKind.RemoveMaterial])));
        _device.Refused(By(Role.Dsl), "DEVICE_IN_CUSTODY", (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Do(Product(Monday), (s, _) => DeviceDecider.Await(s, new DeviceAwaited(Incident, [])));

        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.EndLoan(s, Known, c));
        Assert.Equal(CustodyState.Returned, _device.Message<CustodyChanged>(CustodyChanged.Message).Custody);
        Assert.Null(_device.State.Record!.HeldBy());
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(DeviceHolder.Of(Of(Role.Dsl)), new DateOnly(2026, 12, 18)), c));
    }

    [Fact]
    public void The_loan_of_a_device_that_waits_for_a_strategy_goes_on()
    {
        Register(Shared);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan"), c));
        _device.Refused(By(Role.Dsl), "DEVICE_IN_CUSTODY", (s, c) => DeviceDecider.EndLoan(s, Known, c));
    }

    [Fact]
    public void A_personal_device_is_not_lent()
    {
        Register(Shared with { Ownership = DeviceOwnership.Personal, Holder = Kim });
        _device.Refused(By(Role.Dsl), "DEVICE_NOT_THE_SCHOOLS", (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
    }

    [Fact]
    public void An_essential_device_on_loan_is_known_to_its_borrower_only_while_it_is()
    {
        Register(Shared with { Essential = EssentialPurpose.Access });
        Assert.Empty(_device.Messages);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        Assert.Equal(new CustodyChanged(Tablet, CustodyState.WithPupil, false, EssentialPurpose.Access), _device.Message<CustodyChanged>(CustodyChanged.Message));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.EndLoan(s, Known, c));
        Assert.Equal(EssentialPurpose.None, _device.Message<CustodyChanged>(CustodyChanged.Message).Essential);
    }

    [Fact]
    public void A_serial_number_belongs_to_one_device()
    {
        Register(Shared);
        Assert.True(Assert.Single(_device.Last!.Lookups).Only);
        var other = new StoredStream<DeviceState>(new DeviceModel(), DeviceKey.Of(GivenSchool.Id, Other));
        foreach (var known in (DomainError[])[DeviceErrors.SerialKnown, DeviceErrors.SerialRetired])
        {
            other.Refused(By(Role.ClassTeacher), known.Code, (s, c) => DeviceDecider.Register(s, Known with { SameSerial = known }, Shared, Other, c));
        }

        other.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Register(s, Known, Shared with { Serial = null }, Other, c));
        Assert.Empty(other.Last!.Lookups);
        other.Refused(By(Role.Dsl), "SERIAL_KNOWN", (s, c) => DeviceCorrecting.Correct(s, new("iPad 12", null), Known with { SameSerial = DeviceErrors.SerialKnown }, new CorrectDevice("Read off", Serial: new("sn-canary1")), c));
    }

    [Fact]
    public void A_record_is_put_right_and_keeps_what_it_said()
    {
        Register(Shared with { Ownership = DeviceOwnership.Personal, Shared = false, Holder = Kim });
        Correct(new CorrectDevice("The label was another one's", Label: new("iPad 13"), Serial: new("sn 2"), Kind: DeviceKind.Laptop, Essential: EssentialPurpose.Communication), Role.NetworkManager);
        var view = Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device));
        Assert.Equal(("iPad 13", "SN2", DeviceKind.Laptop, EssentialPurpose.Communication), (view.Label, view.Serial, view.Kind, view.Essential));
        var entry = Assert.Single(_device.Rows<DeviceChangeView>(DeviceTables.History));
        Assert.Equal(
            (DeviceChangeKind.Corrected, "iPad 12", "SN-CANARY1", DeviceKind.Tablet, "iPad 13", "The label was another one's"),
            (entry.Change, entry.Before!.Label, entry.Before.Serial, entry.Before.Kind!.Value, entry.After!.Label, entry.Reason));
        // The old number is anybody's again, the new one is nobody else's.
        Assert.Equal((1, 1, true), (_device.Last!.GoneLookups.Count, _device.Last.Lookups.Count, _device.Last.Lookups[0].Only));
        Assert.Equal(EssentialPurpose.Communication, _device.Message<CustodyChanged>(CustodyChanged.Message).Essential);
        Assert.Empty(Correct(new CorrectDevice("Again", Label: new("iPad 13"), Serial: new("SN2")), Role.Dsl));
    }

    [Fact]
    public void What_is_said_of_a_device_goes_with_the_key_of_whose_it_really_is()
    {
        var other = DeviceHolder.Of(new PupilId(Guid.Parse("55555555-0000-7000-8000-000000000009")));
        Register(Shared with { Ownership = DeviceOwnership.Personal, Shared = false, Holder = Kim, Essential = EssentialPurpose.Access });
        Correct(new CorrectDevice("It is the brother's", Holder: new(other)), Role.Dsl);
        Assert.Equal([KeyOwner.Of(other.Pupil!.Value)], _device.Last!.Lookups.Select(l => l.Owner));
        Assert.False(_device.Last.Lookups[0].Only);
        Assert.Equal(2, _device.Messages.Count(m => m == CustodyChanged.Message));
        Assert.Equal(("iPad 12", other), (Assert.Single(_device.Rows<DeviceView>(DeviceTables.Device)).Label, _device.State.Record!.Holder));
    }

    [Fact]
    public void A_wrong_correction_is_refused()
    {
        void Refused(string code, CorrectDevice command, DeviceFacts? facts = null, Role by = Role.Dsl) =>
            _device.Refused(By(by), code, (s, c) => DeviceCorrecting.Correct(s, new("iPad 12", "SN-CANARY1"), facts ?? Known, command, c));

        CorrectDevice right = new("Why", Label: new("iPad 13"));
        Refused("NOT_FOUND", right);
        Register(Shared with { Essential = EssentialPurpose.Medical });
        Refused("NOT_ALLOWED", right, by: Role.ClassTeacher);
        Refused("REASON_MISSING", right with { Reason = " " });
        Refused("DEVICE_NOT_DESCRIBED", right with { Label = new(" "), Serial = new(null) });
        Refused("HOLDER_MISSING", right with { Ownership = DeviceOwnership.Personal });
        Refused("HOLDER_UNKNOWN", right with { Holder = new(Kim) }, Unknown);
        Refused("ESSENTIAL_STAYS", right with { Essential = EssentialPurpose.None });
        _device.Do(By(Role.Headteacher), (s, c) => DeviceCorrecting.Correct(s, new("iPad 12", "SN-CANARY1"), Known, right with { Essential = EssentialPurpose.None }, c));
    }

    [Fact]
    public void What_is_evidence_keeps_its_serial_number_and_holder()
    {
        Register(Shared);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Freeze(s, new IncidentId(Guid.NewGuid())));
        foreach (var changed in (CorrectDevice[])[new("Why", Serial: new("SN9")), new("Why", Serial: new(null)), new("Why", Holder: new(Kim)), new("Why", Holder: new(Kim), Ownership: DeviceOwnership.Personal)])
        {
            _device.Refused(By(Role.Headteacher), "EVIDENCE_STAYS", (s, c) => DeviceCorrecting.Correct(s, new("iPad 12", "SN-CANARY1"), Known, changed, c));
        }

        Correct(new CorrectDevice("A better name", Label: new("iPad 13")), Role.Dsl);
        _device.Refused(By(Role.Dsl), "DEVICE_FROZEN", (s, c) => DeviceCorrecting.Retire(s, Known, new RetireDevice("Gone"), c));
    }

    [Fact]
    public void A_retired_device_is_out_of_use_and_comes_back_with_its_number()
    {
        RetireDevice retire = new("Entered twice");
        _device.Refused(By(Role.Dsl), "NOT_FOUND", (s, c) => DeviceCorrecting.Retire(s, Known, retire, c));
        Register(Shared with { Essential = EssentialPurpose.Access, Holder = Kim });
        _device.Refused(By(Role.ClassTeacher), "NOT_ALLOWED", (s, c) => DeviceCorrecting.Retire(s, Known, retire, c));
        _device.Refused(By(Role.Dsl), "ESSENTIAL_STAYS", (s, c) => DeviceCorrecting.Retire(s, Known, retire, c));
        _device.Refused(By(Role.Headteacher), "REASON_MISSING", (s, c) => DeviceCorrecting.Retire(s, Known, new RetireDevice(" "), c));
        _device.Refused(By(Role.Dsl), "DEVICE_NOT_RETIRED", (s, c) => DeviceCorrecting.Reinstate(s, Known, new ReinstateDevice("Why"), c));
        _device.Do(By(Role.Headteacher), (s, c) => DeviceCorrecting.Retire(s, Known, retire, c));
        Assert.Equal((DeviceTables.SerialLookup, DeviceTables.RetiredSerialLookup), (_device.Last!.GoneLookups[0].Kind, _device.Last.Lookups[0].Kind));
        Assert.Equal(EssentialPurpose.None, _device.Message<CustodyChanged>(CustodyChanged.Message).Essential);
        Assert.Empty(_device.Do(By(Role.Headteacher), (s, c) => DeviceCorrecting.Retire(s, Known, retire, c)));
        _device.Refused(By(Role.Dsl), "DEVICE_RETIRED", (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c));
        _device.Refused(By(Role.Dsl), "DEVICE_RETIRED", (s, c) => DeviceDecider.Use(s, Known, new RecordDeviceUse(Kim, Monday.AddHours(-2), null), c));
        _device.Refused(By(Role.Dsl), "DEVICE_RETIRED", (s, c) => DeviceCorrecting.Correct(s, new("iPad 12", "SN-CANARY1"), Known, new CorrectDevice("Why", Label: new("x")), c));
        _device.Refused(By(Role.Dsl), "SERIAL_KNOWN", (s, c) => DeviceCorrecting.Reinstate(s, Known with { SameSerial = DeviceErrors.SerialKnown }, new ReinstateDevice("Why"), c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceCorrecting.Reinstate(s, Known, new ReinstateDevice("It was only lost"), c));
        Assert.Equal((DeviceTables.RetiredSerialLookup, DeviceTables.SerialLookup, true), (_device.Last!.GoneLookups[0].Kind, _device.Last.Lookups[0].Kind, _device.Last.Lookups[0].Only));
        Assert.Equal([DeviceChangeKind.Retired, DeviceChangeKind.Reinstated], _device.Rows<DeviceChangeView>(DeviceTables.History).Select(h => h.Change));
    }

    [Fact]
    public void A_device_that_is_held_or_lent_stays_in_the_register()
    {
        Register(Shared);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        _device.Refused(By(Role.Dsl), "DEVICE_ON_LOAN", (s, c) => DeviceCorrecting.Retire(s, Known, new RetireDevice("Sold"), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c));
        _device.Refused(By(Role.Dsl), "DEVICE_IN_CUSTODY", (s, c) => DeviceCorrecting.Retire(s, Known, new RetireDevice("Sold"), c));
    }

    [Fact]
    public void A_device_that_a_parent_has_was_in_custody_for_one_rule_and_not_for_another()
    {
        Register(Shared);
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan"), c));
        _device.Refused(By(Role.Dsl), "DEVICE_IN_CUSTODY", (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent), c, waits: true));
        var waiting = Known with { Waits = true };
        var (use, retire) = (new RecordDeviceUse(Kim, Monday.AddHours(-2), null), new RetireDevice("Broken"));
        _device.Refused(By(Role.ClassTeacher), "DEVICE_WITH_PARENT", (s, c) => DeviceDecider.Use(s, waiting, use, c));
        _device.Refused(By(Role.ClassTeacher), "DEVICE_WITH_PARENT", (s, c) => DeviceDecider.EndLoan(s, waiting, c));
        _device.Refused(By(Role.Dsl), "STRATEGY_NOT_AGREED", (s, c) => DeviceCorrecting.Retire(s, waiting, retire, c));

        // A strategy has been in force since.
        _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Use(s, Known, use, c));
        _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.Lend(s, Known, new LendDevice(Kim, new DateOnly(2026, 12, 18)), c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceDecider.EndLoan(s, Known, c));
        _device.Do(By(Role.Dsl), (s, c) => DeviceCorrecting.Retire(s, Known, retire, c));
    }

    [Fact]
    public void A_child_was_denied_everything_because_a_removed_phone_was_put_down_as_theirs()
    {
        var (incident, ben) = (new IncidentId(Guid.NewGuid()), new PupilId(Guid.Parse("55555555-0000-7000-8000-000000000009")));
        Register(Shared with { Ownership = DeviceOwnership.Personal, Shared = false, Holder = Kim });
        _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan", incident, true), c));
        Correct(new CorrectDevice("It is his friend's", Holder: new(DeviceHolder.Of(ben))), Role.Dsl);
        Assert.Equal((CustodyState.Removed, false), (_device.State.Record!.Custody, _device.State.Record.UntilStrategy));
        Assert.Equal(
            [new CustodyChanged(Tablet, CustodyState.Returned, false, EssentialPurpose.None), new CustodyChanged(Tablet, CustodyState.Removed, false, EssentialPurpose.None)], Told<CustodyChanged>(CustodyChanged.Message));
        Assert.Equal([new TakenFromAnother(Pupil)], Told<TakenFromAnother>(TakenFromAnother.Message));
        Assert.Equal($"incidents-of:{PupilKey.Of(GivenSchool.Id, Pupil)}", _device.Last!.Outbox.Single(m => m.Kind == TakenFromAnother.Message).Destination);

        // The correction was the mistake: it waits again.
        Correct(new CorrectDevice("Entered wrongly", Holder: new(Kim)), Role.Dsl);
        Assert.True(_device.State.Record!.UntilStrategy);
        Assert.Equal([new TakenFromAnother(ben)], Told<TakenFromAnother>(TakenFromAnother.Message));
        Correct(new CorrectDevice("It is his friend's", Holder: new(DeviceHolder.Of(ben))), Role.Dsl);
        _device.Do(By(Role.SeniorLeader), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Holder), c, waits: s.Record!.UntilStrategy));
        Correct(new CorrectDevice("Swapped", Holder: new(Kim)), Role.Dsl);
        Assert.False(_device.State.Record!.UntilStrategy);
        Assert.DoesNotContain(TakenFromAnother.Message, _device.Messages);

        // With a parent it waits as in custody, until it waited for nothing when they got it.
        foreach (var waits in (bool[])[true, false])
        {
            _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Remove, "Safe", "Plan", incident, true), c));
            _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Return(s, Facts, new ReturnDevice(ReturnedTo.Parent), c, waits: waits));
            Correct(new CorrectDevice("It is his friend's", Holder: new(DeviceHolder.Of(ben))), Role.Dsl);
            Assert.False(_device.State.Record!.UntilStrategy);
            Correct(new CorrectDevice("Entered wrongly", Holder: new(Kim)), Role.Dsl);
            Assert.Equal(waits, _device.State.Record!.UntilStrategy);
            _device.Do(By(Role.Dsl), (s, c) => CustodyDecider.Take(s, Facts, new TakeDevice(Taking.Confiscate, "Safe", "Plan"), c));
        }

        IEnumerable<T> Told<T>(string kind) => _device.Last!.Outbox.Where(m => m.Kind == kind).Select(m => StoredJson.Read<T>(m.Payload.Span));
    }

    [Fact]
    public void What_a_record_said_stays_readable_however_often_it_is_corrected()
    {
        Register(Shared);
        for (var i = 0; i < 25; i++)
        {
            Correct(new CorrectDevice("Why", Label: new($"iPad {i}")), Role.Dsl);
        }

        Assert.Equal(25, _device.Rows<DeviceChangeView>(DeviceTables.History).Count);
        Assert.Equal(20, _device.State.History!.Count);
    }

    private Events Correct(CorrectDevice command, Role by) => _device.Do(By(by), (s, c) => DeviceCorrecting.Correct(s, DeviceCorrecting.Known(s, command, Opened), Known, command, c));

    private string? Opened(Personal<string>? words) => _device.Keyring.Open(DeviceKey.Of(GivenSchool.Id, Tablet), words);

    private void Register(RegisterDevice command) => _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Register(s, Known, command, Tablet, c));
}
