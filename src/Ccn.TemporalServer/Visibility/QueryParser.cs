using System.Globalization;
using Ccn.TemporalServer.Wire;
using Grpc.Core;

namespace Ccn.TemporalServer.Visibility;

/// <summary>
/// Reads the query language of visibility: the condition of an SQL statement, with the precedence OR, AND, NOT,
/// comparison. Texts and positions of errors are those of the real server, which reads the query behind
/// <c>select * from table1 where </c>.
/// </summary>
internal sealed class QueryParser
{
    private const int Offset = 27;

    /// <summary>Conditions are read recursively; nobody writes more levels, and an attacker's must not use up the stack.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Every value becomes a parameter, of which a statement has a limited number.</summary>
    private const int MostValues = 10_000;

    private readonly QueryLexer lexer;
    private QueryToken token;
    private int depth;
    private int values;

    private QueryParser(string query)
    {
        lexer = new(query.Trim());
        token = lexer.Next();
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="RpcFailure">INVALID_ARGUMENT: it is not well-formed.</exception>
    public static QuerySyntax Parse(string query) => new QueryParser(query).ParseQuery();

    /// <summary>The error of a query that cannot be understood.</summary>
    public static RpcFailure Invalid(string why) => new(StatusCode.InvalidArgument, "invalid query: " + why);

    private QuerySyntax ParseQuery()
    {
        var condition = token.Kind == QueryTokenKind.End || IsKeyword("order") || IsKeyword("group") ? null : ParseOr();
        var groupBy = TryKeyword("group") ? ParseNames() : [];
        var orderBy = TryKeyword("order") ? ParseNames() : [];
        var limited = (condition is not null || groupBy.Count > 0 || orderBy.Count > 0) && TryKeyword("limit");
        while (limited && (token.Kind == QueryTokenKind.Number || IsSymbol(",")))
        {
            Advance();
        }

        TrySymbol(";");
        return token.Kind == QueryTokenKind.End ? new(condition, groupBy, orderBy, limited) : throw Unexpected();
    }

    private List<string> ParseNames()
    {
        if (!TryKeyword("by"))
        {
            throw Unexpected();
        }

        var names = new List<string>();
        do
        {
            names.Add(token.Kind == QueryTokenKind.Name ? Take().Text : throw Unexpected());
            _ = TryKeyword("asc") || TryKeyword("desc");
        }
        while (TrySymbol(","));
        return names;
    }

    private QueryNode ParseOr()
    {
        if (++depth > DeepestNesting)
        {
            throw Invalid("malformed SQL query: max nesting level reached at position " + Position());
        }

        var parts = new List<QueryNode> { ParseAnd() };
        while (TryKeyword("or") || TrySymbol("||"))
        {
            parts.Add(ParseAnd());
        }

        depth--;
        return parts.Count == 1 ? parts[0] : new QueryNode.Or(parts);
    }

    private QueryNode ParseAnd()
    {
        var parts = new List<QueryNode> { ParseNot() };
        while (TryKeyword("and") || TrySymbol("&&"))
        {
            parts.Add(ParseNot());
        }

        return parts.Count == 1 ? parts[0] : new QueryNode.And(parts);
    }

    private QueryNode ParseNot()
    {
        var negations = 0;
        while (TryKeyword("not"))
        {
            negations++;
        }

        var condition = ParseCondition();
        return negations % 2 == 0 ? condition : new QueryNode.Not(condition);
    }

    private QueryNode ParseCondition()
    {
        if (TryKeyword("exists"))
        {
            return ParseExists();
        }

        var left = ParseValue();
        if (token.Kind == QueryTokenKind.Symbol && token.Text is "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=")
        {
            return new QueryNode.Compare(left, Take().Text, ParseValue());
        }

        if (TryKeyword("is"))
        {
            var isNot = TryKeyword("not");
            return TryKeyword("null") ? Negated(new QueryNode.IsNull(left), isNot) : throw Unexpected();
        }

        var negated = TryKeyword("not");
        return token switch
        {
            { Kind: QueryTokenKind.Keyword, Text: "in" } => Negated(ParseIn(left), negated),
            { Kind: QueryTokenKind.Keyword, Text: "between" } => Negated(ParseBetween(left), negated),
            { Kind: QueryTokenKind.Keyword, Text: "like" or "starts_with" } =>
                Negated(new QueryNode.Compare(left, Take().Text.ToUpper(CultureInfo.InvariantCulture), ParseValue()), negated),
            _ => negated ? throw Unexpected() : left,
        };
    }

    private static QueryNode Negated(QueryNode node, bool negated) => negated ? new QueryNode.Not(node) : node;

    private QueryNode.In ParseIn(QueryNode left)
    {
        Advance();
        if (!TrySymbol("("))
        {
            throw Unexpected();
        }

        var among = new List<QueryNode>();
        do
        {
            among.Add(ParseValue());
        }
        while (TrySymbol(","));
        return TrySymbol(")") ? new(left, among) : throw Unexpected();
    }

    private QueryNode.Between ParseBetween(QueryNode left)
    {
        Advance();
        var low = ParseValue();
        return TryKeyword("and") ? new(left, low, ParseValue()) : throw Unexpected();
    }

    /// <summary>Skips a subquery to its closing bracket.</summary>
    private QueryNode.Exists ParseExists()
    {
        if (!TrySymbol("("))
        {
            throw Unexpected();
        }

        for (var open = 1; open > 0; Advance())
        {
            open += IsSymbol("(") ? 1 : IsSymbol(")") ? -1 : 0;
            if (token.Kind == QueryTokenKind.End)
            {
                throw Unexpected();
            }
        }

        return new();
    }

    private QueryNode ParseValue()
    {
        var value = ParseSingleValue();
        while (token.Kind == QueryTokenKind.Symbol && token.Text is "+" or "-" or "*" or "/" or "%")
        {
            Advance();
            ParseSingleValue();
            value = new QueryNode.Arithmetic();
        }

        return value;
    }

    private QueryNode ParseSingleValue()
    {
        if (++values > MostValues)
        {
            throw Invalid($"malformed SQL query: more than {MostValues} values");
        }

        if (TrySymbol("("))
        {
            var inner = ParseOr();
            return TrySymbol(")") ? inner : throw Unexpected();
        }

        var negative = TrySymbol("-");
        switch (token.Kind)
        {
            case QueryTokenKind.Number:
                return new QueryNode.Literal(ToNumber(Take().Text, negative));
            case QueryTokenKind.Text when !negative:
                return new QueryNode.Literal(Take().Text);
            case QueryTokenKind.Name when !negative:
                return new QueryNode.Column(Take().Text);
            case QueryTokenKind.Keyword when !negative && token.Text is "true" or "false":
                return new QueryNode.Literal(Take().Text == "true");
            case QueryTokenKind.Keyword when !negative && token.Text == "null":
                Advance();
                return new QueryNode.Literal(null);
            default:
                throw Unexpected();
        }
    }

    /// <summary>Whole numbers stay whole as long as they fit.</summary>
    private object ToNumber(string text, bool negative)
    {
        var signed = negative ? "-" + text : text;
        return long.TryParse(signed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? (object)whole
            : double.TryParse(signed, CultureInfo.InvariantCulture, out var number) ? number
            : throw Unexpected();
    }

    private bool IsKeyword(string word) => token.Kind == QueryTokenKind.Keyword && token.Text == word;

    private bool IsSymbol(string symbol) => token.Kind == QueryTokenKind.Symbol && token.Text == symbol;

    private bool TryKeyword(string word) => IsKeyword(word) && Advance();

    private bool TrySymbol(string symbol) => IsSymbol(symbol) && Advance();

    private bool Advance()
    {
        token = lexer.Next();
        return true;
    }

    private QueryToken Take()
    {
        var taken = token;
        Advance();
        return taken;
    }

    private string Position() => (Offset + token.End + 1).ToString(CultureInfo.InvariantCulture);

    private RpcFailure Unexpected()
    {
        var near = token.Kind is QueryTokenKind.End or QueryTokenKind.Symbol ? "" : $" near '{token.Text}'";
        return Invalid($"malformed SQL query: syntax error at position {Position()}{near}");
    }
}
