using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Ccn.Api.Problems;

namespace Ccn.Api.Requests;

/// <summary>Position in a list that is ordered by an instant and then the id. Carries the whole precision of the database (microseconds), so no row is skipped or repeated.</summary>
public readonly record struct Cursor(DateTimeOffset At, string Id)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <exception cref="ProblemException">The text is no cursor of ours.</exception>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return null; }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2);
            return new Cursor(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), parts[1]);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw Invalid();
        }
    }

    /// <summary>The text is a cursor of another list, or of nobody.</summary>
    public static ProblemException Invalid() => new ProblemException(ProblemCode.CursorInvalid, "The cursor is not one that this list gave.");

    /// <summary>A page size between 1 and <see cref="MaxLimit"/>.</summary>
    public static int Limit(int? asked) => asked is null ? DefaultLimit
        : asked is >= 1 and <= MaxLimit ? asked.Value
        : throw new ProblemException(ProblemCode.RequestInvalid, $"limit is between 1 and {MaxLimit}.");

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Id}")));
}

/// <summary>A page of a list. <paramref name="Next"/> is null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    /// <summary>Cuts a list that was read with one row more than the limit.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> readOneMore, int limit, Func<T, Cursor> position) =>
        readOneMore.Count > limit ? new([.. readOneMore.Take(limit)], position(readOneMore[limit - 1]).ToString()) : new(readOneMore, null);
}
