await Ccn.Web.Site.Create(args).RunAsync();
