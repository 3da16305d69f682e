namespace Ccn.TemporalServer.Visibility;

/// <summary>The one order of lists: open runs first, then latest close, then latest start; run IDs break ties.</summary>
internal static class VisibilityOrder
{
    /// <summary>Less than zero when <paramref name="a"/> is listed before <paramref name="b"/>.</summary>
    public static int Compare(VisibilityPosition a, VisibilityPosition b)
    {
        var byClose = (b.CloseTime ?? DateTimeOffset.MaxValue).CompareTo(a.CloseTime ?? DateTimeOffset.MaxValue);
        var byStart = b.StartTime.CompareTo(a.StartTime);
        return byClose != 0 ? byClose : byStart != 0 ? byStart : string.CompareOrdinal(b.RunId, a.RunId);
    }
}
