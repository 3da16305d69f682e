using Ccn.Api;
using Ccn.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddCcnServiceDefaults("ccn-api");
builder.AddCcnApi();
var app = builder.Build();
app.UseCcnApi();
app.MapCcnApi();
await app.RunAsync();
