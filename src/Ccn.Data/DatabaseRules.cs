namespace Ccn.Data;

/// <summary>
/// What the database itself enforces, in SQL: balance at commit, append-only tables, and the application's rights.
/// Part of the first migration; a change goes into a new migration, never in here.
/// </summary>
internal static class DatabaseRules
{
    /// <summary>SQLSTATE of an unbalanced or incomplete journal entry.</summary>
    public const string Unbalanced = "CC001";

    /// <summary>SQLSTATE of an attempt to change or remove what is only added to.</summary>
    public const string AppendOnly = "CC002";

    /// <summary>Refused whoever asks, the owner included; only a migration could lift it.</summary>
    public const string AppendOnlyTriggers = $"""
        create function ccn_refuse_change() returns trigger language plpgsql as $body$
        begin
            raise exception '% on %.% is refused: rows are only added', tg_op, tg_table_schema, tg_table_name using errcode = '{AppendOnly}';
        end $body$;

        create trigger append_only before update or delete or truncate on business_events for each statement execute function ccn_refuse_change();
        create trigger append_only before update or delete or truncate on ledger.journal_entries for each statement execute function ccn_refuse_change();
        create trigger append_only before update or delete or truncate on ledger.postings for each statement execute function ccn_refuse_change();
        create trigger append_only before update or delete or truncate on statement_documents for each statement execute function ccn_refuse_change();

        create function ccn_refuse_final_line() returns trigger language plpgsql as $body$
        begin
            if exists (select 1 from statement_documents d where d.statement_id = coalesce(new.statement_id, old.statement_id) and d.recorded_at <> now()) then
                raise exception 'statement % is final', coalesce(new.statement_id, old.statement_id) using errcode = '{AppendOnly}';
            end if;
            return coalesce(new, old);
        end $body$;

        create trigger final_lines before insert or update or delete on statement_lines for each row execute function ccn_refuse_final_line();
        create trigger final_lines_truncate before truncate on statement_lines for each statement execute function ccn_refuse_change();
        """;

    /// <summary>
    /// Checked when the transaction commits, once for each entry and each posting: two postings or more, as many as the entry
    /// says (so none can be added to it later), and equal sides in every currency.
    /// </summary>
    public const string LedgerBalance = $"""
        create function ledger.assert_balanced() returns trigger language plpgsql as $body$
        declare
            checked_id uuid := case tg_table_name when 'postings' then (to_jsonb(new) ->> 'entry_id')::uuid else (to_jsonb(new) ->> 'id')::uuid end;
            expected int;
            found_lines int;
            off_by text;
        begin
            select posting_count into expected from ledger.journal_entries where id = checked_id;
            select count(*) into found_lines from ledger.postings where entry_id = checked_id;
            if found_lines < 2 or found_lines <> expected then
                raise exception 'ledger.unbalanced: entry % has % postings of %', checked_id, found_lines, expected using errcode = '{Unbalanced}';
            end if;
            select string_agg(currency || ' ' || difference, ', ') into off_by from (
                select currency, sum(case direction when 'Debit' then amount_minor else -amount_minor end) as difference
                from ledger.postings where entry_id = checked_id group by currency) sums
            where difference <> 0;
            if off_by is not null then
                raise exception 'ledger.unbalanced: entry % is off by %', checked_id, off_by using errcode = '{Unbalanced}';
            end if;
            return null;
        end $body$;

        create constraint trigger balanced after insert on ledger.journal_entries deferrable initially deferred for each row execute function ledger.assert_balanced();
        create constraint trigger balanced after insert on ledger.postings deferrable initially deferred for each row execute function ledger.assert_balanced();
        """;

    /// <summary>
    /// The application may do everything to most tables and only add to the archive, the ledger and final statements. Roles
    /// belong to the server: another database's migration may have made it, even at this moment.
    /// </summary>
    public const string ApplicationRole = $"""
        do $body$
        begin
            create role {DatabaseSetup.ApplicationRole} nologin;
        exception when duplicate_object or unique_violation then null;
        end $body$;

        grant usage on schema public, ledger to {DatabaseSetup.ApplicationRole};
        grant select, insert, update, delete on all tables in schema public to {DatabaseSetup.ApplicationRole};
        revoke update, delete on business_events, statement_documents from {DatabaseSetup.ApplicationRole};
        revoke insert, update, delete on "__EFMigrationsHistory" from {DatabaseSetup.ApplicationRole};
        grant select, insert on ledger.journal_entries, ledger.postings to {DatabaseSetup.ApplicationRole};
        grant select on ledger.accounts to {DatabaseSetup.ApplicationRole};
        grant usage on all sequences in schema public to {DatabaseSetup.ApplicationRole};
        alter default privileges in schema public grant select, insert, update, delete on tables to {DatabaseSetup.ApplicationRole};
        alter default privileges in schema public grant usage on sequences to {DatabaseSetup.ApplicationRole};
        """;
}
