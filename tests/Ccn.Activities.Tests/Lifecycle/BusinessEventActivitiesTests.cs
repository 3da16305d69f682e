using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Lifecycle;

public sealed class BusinessEventActivitiesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_event_appended_twice_is_stored_and_applied_once()
    {
        var designId = world.NewId("dsg");
        List<BusinessEvent> events = [new($"design/{designId}:published", designId, "DesignLifecycle", world.Time.GetUtcNow(), null, new DesignPublished())];
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync(events));
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync(events));
        Assert.Equal(1, await world.ReadAsync(db => db.BusinessEvents.CountAsync(e => e.DesignId == designId)));
        Assert.NotNull((await world.ReadAsync(db => db.Designs.SingleAsync(d => d.Id == designId))).PublishedAt);
    }
}
