using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Verification;

/// <summary>Checks what the log says of the progress of sources: two numbers for each, neither negative.</summary>
internal static class TransactionCheck
{
    public static void Run(LakeFolder folder, LogState state, FindingList findings)
    {
        foreach (var (id, txn) in state.Transactions)
        {
            if (SourceTransactions.Twin(id) is not { } twin)
                continue;
            if (txn.Version < 0)
                findings.AddDamage(folder.Log, $"the transaction {id} is at {txn.Version}, expected 0 or more");
            if (!state.Transactions.ContainsKey(twin))
                findings.AddDamage(folder.Log, $"the transaction {id} has no twin, expected {twin}");
        }
    }
}
