using System.Linq.Expressions;
using System.Text.Json;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data;

/// <summary>Column shapes that several features share.</summary>
internal static class ColumnExtensions
{
    /// <summary>Keeps a domain record as jsonb in the domain's own JSON form, compared by that form. Null stays SQL null.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
    {
        var comparer = new ValueComparer<T>((a, b) => Write(a) == Write(b), v => StringComparer.Ordinal.GetHashCode(Write(v)), v => Read<T>(Write(v)));
        return property.HasColumnType("jsonb").HasConversion(v => Write(v), text => Read<T>(text), comparer);
    }

    /// <summary>Keeps the stamp of the newest event that wrote a group of columns, in two columns named after the group.</summary>
    public static void HasStamp<TEntity>(this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, Stamp>> stamp, string group)
        where TEntity : class =>
        entity.ComplexProperty(stamp, s =>
        {
            s.Property(p => p.At).HasColumnName(group + "_stamped_at");
            s.Property(p => p.Sequence).HasColumnName(group + "_stamp");
        });

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, CcnJson.Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, CcnJson.Options)!;
}
