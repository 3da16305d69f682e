using Microsoft.Extensions.Hosting;

await Ccn.Worker.WorkerHost.Create(args).RunAsync();
