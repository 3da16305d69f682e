using Ccn.Api.Problems;
using Ccn.Domain;

namespace Ccn.Api.Requests;

/// <summary>Collects what is wrong with a request, field by field, and refuses it once.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public void Add(bool wrong, string field, string what)
    {
        if (!wrong) { return; }

        if (!errors.TryGetValue(field, out var list)) { errors[field] = list = []; }

        list.Add($"{field} {what}.");
    }

    public void Text(string? value, string field, int max)
    {
        Add(string.IsNullOrWhiteSpace(value), field, "is missing");
        Add(value?.Length > max, field, $"has at most {max} characters");

        // PostgreSQL's jsonb cannot hold it, and no honest text has it.
        Add(value?.Contains('\0', StringComparison.Ordinal) is true, field, "has no zero characters");
    }

    /// <exception cref="ProblemException">Something was wrong.</exception>
    public void Throw()
    {
        if (errors.Count > 0) { throw ProblemException.Invalid(errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal)); }
    }
}

internal static class Check
{
    /// <summary>Ids are made by the caller: a prefix and a UUIDv7.</summary>
    public static void Id(string? id, string prefix, string field)
    {
        var errors = new FieldErrors();
        errors.Add(!Ids.IsValid(id, prefix), field, $"is '{prefix}_' and a UUID of 32 hexadecimal digits");
        errors.Throw();
    }
}
