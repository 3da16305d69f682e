await Ccn.Worker.WorkerHost.Create(args).RunAsync();
