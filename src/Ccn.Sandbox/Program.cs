using Ccn.Sandbox;

var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("SmtpPort", "5601")]).AddEnvironmentVariables("CCN_SANDBOX_").AddCommandLine(args).Build();
var options = new SandboxOptions();
configuration.Bind(options);
await SandboxApp.Create(options).RunAsync();
