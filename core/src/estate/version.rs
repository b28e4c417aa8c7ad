//! Versions of products as exports and servers write them.

/// The first number of a version text such as `8.0.3` or `VMware ESXi 8.0.3 build-24022510`.
pub(super) fn major_version(text: &str) -> Option<u32> {
    let start = text.find(char::is_numeric)?;
    let signed = text[..start].ends_with(['-', '+', '\u{2212}']);
    let number = text[start..].split(|c: char| !c.is_numeric()).next()?;
    // `parse` takes ASCII digits alone.
    if signed { None } else { number.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_read() {
        assert_eq!(major_version("VMware ESXi 8.0.3 build-24022510"), Some(8));
        assert_eq!(major_version("9.0"), Some(9));
        for unknown in ["unknown", "", "-8.0", "+8", "\u{668}.0.3", "8\u{660}.0"] {
            assert_eq!(major_version(unknown), None, "{unknown}");
        }
    }
}
