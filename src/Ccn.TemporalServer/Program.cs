using Ccn.TemporalServer.Hosting;

return await ServerProcess.RunAsync(args);
