using Ccn.Benchmarks;

return await Runner.MainAsync(args);
