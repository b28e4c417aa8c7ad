// States that are better or worse than one another, the best first.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

using System;

namespace VITrust
{
    /// <summary>How close to its end a certificate is, by the thresholds of the parts that use it.</summary>
    public enum ExpiryState
    {
        /// <summary>Its end is further away than any threshold.</summary>
        good = 0,
        /// <summary>The soft threshold is reached.</summary>
        soft = 1,
        /// <summary>The hard threshold is reached.</summary>
        hard = 2,
        /// <summary>Its validity has not begun.</summary>
        notYetValid = 3,
        /// <summary>Its validity has ended.</summary>
        expired = 4,
    }

    /// <summary>How much an issue matters.</summary>
    public enum LintSeverity
    {
        /// <summary>Good to know.</summary>
        notice = 0,
        /// <summary>To be cleaned up.</summary>
        warning = 1,
        /// <summary>Something is broken by it, or will be.</summary>
        error = 2,
    }

    /// <summary>How bad a finding is.</summary>
    public enum Severity
    {
        /// <summary>Good to know.</summary>
        info = 0,
        /// <summary>Untidy, or far away.</summary>
        low = 1,
        /// <summary>Something is wrong and can wait for the next change window.</summary>
        medium = 2,
        /// <summary>Something breaks soon, or is broken for some.</summary>
        high = 3,
        /// <summary>Something is broken now.</summary>
        critical = 4,
    }

    /// <summary>The words that the library has for ranks.</summary>
    internal static class Ranks
    {
        internal static ExpiryState? ReadExpiryState(string word)
        {
            switch (word)
            {
                case null: return null;
                case "good": return ExpiryState.good;
                case "soft": return ExpiryState.soft;
                case "hard": return ExpiryState.hard;
                case "not-yet-valid": return ExpiryState.notYetValid;
                case "expired": return ExpiryState.expired;
            }
            throw new FormatException("`" + word + "` is no ExpiryState");
        }

        internal static string Word(ExpiryState? rank)
        {
            switch (rank)
            {
                case ExpiryState.good: return "good";
                case ExpiryState.soft: return "soft";
                case ExpiryState.hard: return "hard";
                case ExpiryState.notYetValid: return "not-yet-valid";
                case ExpiryState.expired: return "expired";
            }
            return null;
        }

        internal static LintSeverity? ReadLintSeverity(string word)
        {
            switch (word)
            {
                case null: return null;
                case "notice": return LintSeverity.notice;
                case "warning": return LintSeverity.warning;
                case "error": return LintSeverity.error;
            }
            throw new FormatException("`" + word + "` is no LintSeverity");
        }

        internal static string Word(LintSeverity? rank)
        {
            switch (rank)
            {
                case LintSeverity.notice: return "notice";
                case LintSeverity.warning: return "warning";
                case LintSeverity.error: return "error";
            }
            return null;
        }

        internal static Severity? ReadSeverity(string word)
        {
            switch (word)
            {
                case null: return null;
                case "info": return Severity.info;
                case "low": return Severity.low;
                case "medium": return Severity.medium;
                case "high": return Severity.high;
                case "critical": return Severity.critical;
            }
            throw new FormatException("`" + word + "` is no Severity");
        }

        internal static string Word(Severity? rank)
        {
            switch (rank)
            {
                case Severity.info: return "info";
                case Severity.low: return "low";
                case Severity.medium: return "medium";
                case Severity.high: return "high";
                case Severity.critical: return "critical";
            }
            return null;
        }
    }
}
