//! What a bag declares of itself in `bagit.txt`.

/// The declaration that a folder is a bag.
pub(super) const DECLARATION: &str = "bagit.txt";

/// The versions of the rules that there are.
const VERSIONS: [(u32, u32); 6] = [(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)];

/// What a bag declares.
pub(super) struct BagDeclaration {
    /// The version of the rules.
    pub(super) version: (u32, u32),
    /// In which code its tag files are.
    pub(super) encoding: &'static encoding_rs::Encoding,
}

impl BagDeclaration {
    /// Reads it; nothing where it does not say what the rules have it say.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let version = lines.next()?.strip_prefix("BagIt-Version: ")?;
        let encoding = lines.next()?.strip_prefix("Tag-File-Character-Encoding: ")?;
        let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let (major, minor) =
            version.split_once('.').filter(|(major, minor)| is_number(major) && is_number(minor))?;
        let encoding = encoding_rs::Encoding::for_label_no_replacement(encoding.as_bytes())?;
        let version = (major.parse().ok()?, minor.parse().ok()?);
        VERSIONS.contains(&version).then_some(())?;
        lines.next().is_none().then_some(Self { version, encoding })
    }
}
