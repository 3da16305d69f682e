using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ccn.TemporalServer.Visibility;

/// <summary>Kinds of words in a query.</summary>
internal enum QueryTokenKind
{
    /// <summary>End of the text.</summary>
    End,

    /// <summary>Name of an attribute, perhaps in back-quotes.</summary>
    Name,

    /// <summary>Word of the language, in lower case.</summary>
    Keyword,

    /// <summary>Text in single or double quotes.</summary>
    Text,

    /// <summary>Whole or decimal number without a sign.</summary>
    Number,

    /// <summary>Operator or bracket.</summary>
    Symbol,
}

/// <summary>A word of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes and escapes.</param>
/// <param name="End">Offset behind it.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int End);

/// <summary>Splits a query into words.</summary>
internal sealed class QueryLexer(string query)
{
    // Of SQL, as far as a query of visibility could meet them: none of these may name an attribute without back-quotes.
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "all", "and", "as", "asc", "between", "by", "case", "collate", "create", "cross", "delete", "desc", "distinct", "div", "drop", "else",
        "escape", "exists", "false", "for", "from", "group", "having", "in", "inner", "insert", "interval", "into", "is", "join", "like", "limit",
        "match", "mod", "natural", "not", "null", "on", "or", "order", "regexp", "replace", "rlike", "select", "set", "starts_with", "table",
        "then", "to", "true", "union", "update", "using", "values", "when", "where", "xor",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Symbols = ["<=", ">=", "<>", "!=", "&&", "||"];
    private int position;

    /// <summary>The next word.</summary>
    public QueryToken Next()
    {
        while (position < query.Length && char.IsWhiteSpace(query[position]))
        {
            position++;
        }

        if (position == query.Length)
        {
            return new(QueryTokenKind.End, "", position);
        }

        var c = query[position];
        return c switch
        {
            '\'' or '"' => Quoted(QueryTokenKind.Text, c),
            '`' => Quoted(QueryTokenKind.Name, c),
            _ when char.IsAsciiDigit(c) => Number(),
            _ when char.IsLetter(c) || c is '_' or '@' or '$' => Word(),
            _ => Symbol(),
        };
    }

    /// <summary>A quote inside is doubled or escaped by a backslash. Without its end the text is no token at all.</summary>
    private QueryToken Quoted(QueryTokenKind kind, char quote)
    {
        var text = new StringBuilder();
        for (position++; position < query.Length; position++)
        {
            var c = query[position];
            var next = position + 1 < query.Length ? query[position + 1] : '\0';
            if (c == '\\' && kind == QueryTokenKind.Text && next != '\0')
            {
                text.Append(Unescaped(next));
                position++;
            }
            else if (c == quote && next == quote)
            {
                text.Append(quote);
                position++;
            }
            else if (c == quote)
            {
                return new(kind, text.ToString(), ++position);
            }
            else
            {
                text.Append(c);
            }
        }

        return new(QueryTokenKind.Symbol, "", position);
    }

    private static char Unescaped(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => c,
    };

    private QueryToken Number()
    {
        var start = position;
        Skip(char.IsAsciiDigit);
        if (position < query.Length && query[position] == '.')
        {
            position++;
            Skip(char.IsAsciiDigit);
        }

        if (position < query.Length && query[position] is 'e' or 'E')
        {
            position++;
            if (position < query.Length && query[position] is '+' or '-')
            {
                position++;
            }

            Skip(char.IsAsciiDigit);
        }

        return new(QueryTokenKind.Number, query[start..position], position);
    }

    private QueryToken Word()
    {
        var start = position;
        Skip(c => char.IsLetterOrDigit(c) || c is '_' or '@' or '$' or '.');
        var word = query[start..position];
        var lower = word.ToLower(CultureInfo.InvariantCulture);
        return Keywords.Contains(lower) ? new(QueryTokenKind.Keyword, lower, position) : new(QueryTokenKind.Name, word, position);
    }

    private QueryToken Symbol()
    {
        var two = Array.Find(Symbols, s => string.CompareOrdinal(query, position, s, 0, s.Length) == 0);
        var symbol = two ?? query[position].ToString();
        position += symbol.Length;
        return new(QueryTokenKind.Symbol, symbol, position);
    }

    private void Skip(Func<char, bool> belongs)
    {
        while (position < query.Length && belongs(query[position]))
        {
            position++;
        }
    }
}
