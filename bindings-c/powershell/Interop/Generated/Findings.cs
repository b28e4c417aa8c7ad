// The ids that findings can have.
// Written by `BLESS=1 cargo test -p vitrust-tests generated`; do not edit.

namespace VITrust
{
    /// <summary>The ids that findings can have: docs/findings.md says what each is.</summary>
    public static class Findings
    {
        /// <summary>Every id, in order.</summary>
        public static string[] Ids()
        {
            return new[]
            {
                "VT101",
                "VT102",
                "VT103",
                "VT104",
                "VT105",
                "VT201",
                "VT202",
                "VT203",
                "VT204",
                "VT205",
                "VT206",
                "VT207",
                "VT208",
                "VT209",
                "VT210",
                "VT211",
                "VT301",
                "VT302",
                "VT303",
                "VT304",
                "VT305",
                "VT401",
                "VT402",
                "VT403",
                "VT404",
                "VT405",
                "VT406",
                "VT407",
                "VT408",
                "VT501",
                "VT502",
                "VT503",
                "VT504",
                "VT505",
                "VT506",
                "VT601",
                "VT602",
                "VT603",
                "VT604",
                "VT605",
                "VT606",
                "VT607",
                "VT701",
                "VT702",
                "VT703",
                "VT704",
                "VT705",
            };
        }
    }
}
