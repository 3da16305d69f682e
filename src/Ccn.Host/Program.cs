using Ccn.Host;
using Spectre.Console.Cli;

var app = new CommandApp<RunCommand>();
app.Configure(configuration => configuration.SetApplicationName("ccn"));
return await app.RunAsync(args);
