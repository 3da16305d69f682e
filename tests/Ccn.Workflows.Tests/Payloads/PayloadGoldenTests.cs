using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Payouts;

namespace Ccn.Workflows.Tests.Payloads;

public sealed class PayloadGoldenTests
{
    public static TheoryData<string> Records => new(PayloadSamples.Types.Select(type => type.FullName!));

    [Theory, MemberData(nameof(Records))]
    public void Each_record_is_written_as_it_was_recorded(string name)
    {
        var type = PayloadSamples.Types.Single(candidate => candidate.FullName == name);
        var golden = File.ReadAllText(Path.Combine(PayloadGoldens.Folder, PayloadGoldens.NameOf(type))).TrimEnd('\n');
        Assert.Equal(golden, PayloadGoldens.Json(PayloadSamples.Make(type)));
        Assert.Equal(golden, PayloadGoldens.Json(PayloadGoldens.Read(golden, type)!));
    }

    [Fact]
    public void No_golden_is_without_its_record() =>
        Assert.Empty(Directory.GetFiles(PayloadGoldens.Folder).Select(file => Path.GetFileName(file)!).Except(PayloadSamples.Types.Select(PayloadGoldens.NameOf), StringComparer.Ordinal));

    [Fact]
    public void Names_are_camel_case_and_enums_are_strings() =>
        Assert.Equal("""{"state":"Unclaimed","fee":{"minorUnits":25,"currency":"USD"},"at":null,"reason":null}""",
            PayloadGoldens.Json(new PayoutReading(PayoutState.Unclaimed, new Money(25, "USD"), null, null)));

    [Fact]
    public void An_unknown_enum_member_is_refused_and_a_number_too()
    {
        Assert.ThrowsAny<Exception>(() => PayloadGoldens.Read("\"Nobody\"", typeof(Party)));
        Assert.ThrowsAny<Exception>(() => PayloadGoldens.Read("1", typeof(Party)));
    }

    [Fact]
    public void A_member_that_an_old_payload_lacks_has_its_default()
    {
        var changed = Assert.IsType<ContestPhaseChanged>(PayloadGoldens.Read("""{"contestId":"ctt_1","phase":"Voting","type":"contest.phase_changed"}""", typeof(EventData)));
        Assert.Null(changed.Reason);
    }

    [Fact]
    public void Every_kind_of_event_keeps_its_kind()
    {
        foreach (var type in PayloadSamples.Types.Where(type => type.IsSubclassOf(typeof(EventData))))
        {
            var json = PayloadGoldens.Json(new BusinessEvent("id", null, "Test", DateTimeOffset.UnixEpoch, null, (EventData)PayloadSamples.Make(type)));
            Assert.IsType(type, Assert.IsType<BusinessEvent>(PayloadGoldens.Read(json, typeof(BusinessEvent))).Data);
        }
    }
}
