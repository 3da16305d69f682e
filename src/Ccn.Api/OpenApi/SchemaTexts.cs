using Ccn.Domain;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ccn.Api.OpenApi;

/// <summary>What the generator cannot see from the types alone.</summary>
internal static class SchemaTexts
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;

        // A converter writes the names; that these are texts it does not say.
        if (type.IsEnum) { schema.Type ??= JsonSchemaType.String; }

        if (type == typeof(TimeSpan)) { schema.Description = $"{schema.Description} A duration as `[days.]hours:minutes:seconds`.".TrimStart(); }

        if (type == typeof(Money) && schema.Properties is { } members)
        {
            schema.Description = "An exact amount: 1999 USD is $19.99, 1999 JPY is 1,999 yen. Fractions of a minor unit are refused.";
            schema.Required = new SortedSet<string>(members.Keys, StringComparer.Ordinal);
            if (members["minorUnits"] is OpenApiSchema minorUnits) { minorUnits.Description = "Whole minor units of the currency."; }

            if (members["currency"] is OpenApiSchema currency) { (currency.Description, currency.Pattern) = ("ISO 4217 code.", "^[A-Z]{3}$"); }
        }

        return Task.CompletedTask;
    }
}
