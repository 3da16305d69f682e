using Ccn.TemporalServer.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>The command lines by which SDKs and people launch the server.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void A_bare_port_is_the_test_server_of_the_SDKs()
    {
        var locked = Parse("7301").Options;
        var skipping = Parse("7301", "--enable-time-skipping").Options;

        Assert.Equal((7301, true, 1), (locked.Port, locked.TimeSkipping, locked.InitialTimeLocks));
        Assert.Equal((true, 0), (skipping.TimeSkipping, skipping.InitialTimeLocks));
    }

    [Fact]
    public void The_development_server_is_launched_as_SDKs_do_it()
    {
        var command = Parse(
            "server", "start-dev", "--port", "7302", "--namespace", "studio", "--ip", "127.0.0.1", "--log-format", "pretty", "--log-level", "warn",
            "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=50", "--headless", "--db-filename", "x.db",
            "--search-attribute", "CcnStage=Keyword", "--search-attribute", "CcnTags=keywordlist");

        var options = command.Options;
        Assert.Equal((7302, "studio", "127.0.0.1", false), (options.Port, options.Namespace, options.Ip, options.TimeSkipping));
        Assert.Equal(LogLevel.Warning, command.LogLevel);
        Assert.Equal("50", options.DynamicConfig["limit.historyCount.suggestContinueAsNew"]);
        Assert.Equal((IndexedValueType.Keyword, IndexedValueType.KeywordList), (options.SearchAttributes["CcnStage"], options.SearchAttributes["CcnTags"]));
        Assert.Contains(command.Notes, n => n.Contains("--db-filename x.db", StringComparison.Ordinal));
        Assert.Contains(command.Notes, n => n.StartsWith("State is kept in memory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("server start-dev --port 7302", 8302, null)]
    [InlineData("server start-dev --port 7302 --ui-port 9000 --http-port 9001", 9000, 9001)]
    [InlineData("server start-dev --port 7302 --ui-port 9000 --headless", null, null)]
    [InlineData("server start-dev --port 65000", null, null)]
    [InlineData("server start --connection-string x --ui-port 0", 0, null)]
    [InlineData("server start --connection-string x", null, null)]
    [InlineData("7301", null, null)]
    public void The_web_UI_has_the_port_that_the_development_server_gives_it(string line, int? ui, int? http)
    {
        var options = Parse(line.Split(' ')).Options;

        Assert.Equal((ui, http), (options.UiPort, options.HttpPort));
    }

    [Fact]
    public void A_value_may_follow_an_equals_sign_and_hold_more_of_them()
    {
        var options = Parse("server", "start-dev", "--port=7303", "--connection-string=Host=db;Port=5432", "--dynamic-config-value=a=b=c").Options;

        Assert.Equal((7303, "Host=db;Port=5432", "b=c"), (options.Port, options.ConnectionString, options.DynamicConfig["a"]));
    }

    [Fact]
    public void The_durable_server_takes_its_connection_string_from_the_environment_too()
    {
        var command = CommandLine.Parse(["server", "start", "--asynchronous-commit", "--retention", "72h"], name => name == CommandLine.ConnectionStringVariable ? "Host=db" : null);

        Assert.Equal(("Host=db", true, TimeSpan.FromHours(72)), (command.Options.ConnectionString, command.Options.AsynchronousCommit, command.Options.Retention));
        Assert.Empty(command.Notes);
    }

    [Fact]
    public void The_test_server_stays_in_memory_whatever_the_environment_says() =>
        Assert.Null(CommandLine.Parse(["7301"], _ => "Host=db").Options.ConnectionString);

    [Theory]
    [InlineData("server start", "--connection-string")]
    [InlineData("server start-dev --port x", "'x' is not a port number")]
    [InlineData("server start-dev --port", "--port needs a value")]
    [InlineData("server start-dev --nope", "'--nope' is not an option")]
    [InlineData("server start-dev --search-attribute CcnStage", "NAME=VALUE")]
    [InlineData("server start-dev --search-attribute CcnStage=Thing", "'Thing' is not a type")]
    [InlineData("server start-dev --log-level loud", "'loud' is not a log level")]
    [InlineData("70000", "'70000' is not a port number")]
    [InlineData("workflow list", "'workflow' is not a command")]
    public void A_mistake_is_named(string line, string named)
    {
        var e = Assert.Throws<CommandLineException>(() => Parse(line.Split(' ')));

        Assert.Contains(named, e.Message);
    }

    private static ServerCommand Parse(params string[] arguments) => CommandLine.Parse(arguments, _ => null);
}
