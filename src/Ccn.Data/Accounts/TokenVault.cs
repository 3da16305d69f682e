using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Data.Accounts;

/// <summary>Keeps providers' tokens encrypted at rest. What leaves it goes to the provider only: never into logs, histories or answers.</summary>
public sealed class TokenVault(IDbContextFactory<CcnDbContext> databases, IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Ccn.TokenVault.v1");

    /// <summary>Encrypts and keeps a token; returns the reference that finds it again.</summary>
    public async Task<string> KeepAsync(string token, DateTimeOffset now, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var entry = new VaultEntry { Reference = $"vlt_{Guid.CreateVersion7(now):N}", Ciphertext = protector.Protect(Encoding.UTF8.GetBytes(token)), KeptAt = now };
        db.Vault.Add(entry);
        await db.SaveChangesAsync(cancel);
        return entry.Reference;
    }

    /// <summary>The token behind a reference.</summary>
    /// <exception cref="InvalidOperationException">There is none: the seller must connect again.</exception>
    public async Task<string> ReadAsync(string reference, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var entry = await db.Vault.AsNoTracking().SingleOrDefaultAsync(row => row.Reference == reference, cancel) ?? throw new InvalidOperationException($"The vault has no {reference}.");
        return Encoding.UTF8.GetString(protector.Unprotect(entry.Ciphertext));
    }
}

public static class DataProtectionExtensions
{
    /// <summary>One key ring for API and worker, kept in the database, so that cookies, tokens and the vault survive restarts and are shared by processes.</summary>
    public static IServiceCollection AddCcnDataProtection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName(configuration["DataProtection:ApplicationName"] ?? "ccn").PersistKeysToDbContext<CcnDbContext>();
        services.AddSingleton<TokenVault>();
        return services;
    }
}
