using OnlineSafetyTrust.Contracts;
using OnlineSafetyTrust.Contracts.Devices;
using OnlineSafetyTrust.Domain.Tests.Access;
using OnlineSafetyTrust.Grains.Access;
using OnlineSafetyTrust.Grains.Devices;
using static OnlineSafetyTrust.Domain.Tests.Access.GivenSchool;

namespace OnlineSafetyTrust.Domain.Tests.Devices;

public class DeviceTests
{
    private static readonly DeviceId Tablet = new(Guid.Parse("55555555-0000-7000-8000-000000000003"));
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
    public void Uses_of_a_shared_device_are_kept_fifty_at_a_time()
    {
        Register(Shared);
        for (var i = 0; i < 55; i++)
        {
            var use = new RecordDeviceUse(Kim, Monday.AddHours(-2), Monday.AddHours(-1));
            _device.Do(By(Role.SupportStaff), (s, c) => DeviceDecider.Use(s, Known, use, c));
        }

        var uses = _device.Rows<DeviceUseView>(DeviceTables.Use);
        Assert.Equal((50, 6, 55), (uses.Count, uses[0].Number, uses[^1].Number));
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

    private void Register(RegisterDevice command) => _device.Do(By(Role.ClassTeacher), (s, c) => DeviceDecider.Register(s, Known, command, Tablet, c));
}
