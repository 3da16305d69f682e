using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;

namespace Ccn.TemporalServer.Schedules;

/// <summary>Registers schedules and their RPCs.</summary>
internal static class ScheduleServices
{
    /// <summary>Adds schedules; they begin to act after the runs were recovered.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<ScheduleRegistry>();
        services.AddSingleton<IServerPart>(provider => provider.GetRequiredService<ScheduleRegistry>());
        return services.AddRpcHandlers<ScheduleHandlers>(RpcServices.Workflow);
    }
}
