//! `Range`: a part of a file, for films and for downloads that go on where they broke off.

/// What a `Range` header asks of a file of `size` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it: there is no range, or one that need not be heeded.
    Whole,
    /// From this byte, so many of them.
    Part(u64, u64),
    /// Nothing that is there.
    Beyond,
}

/// Reads the header. Several ranges at once are not served: the whole is a right answer to those.
pub fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some(range) = header.and_then(|h| h.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((first, last)) = range.split_once('-') else { return Wanted::Whole };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), _) if first >= size => Wanted::Beyond,
        (Some(first), Some(last)) if last >= first => Wanted::Part(first, last.min(size - 1) - first + 1),
        (Some(first), None) if last.trim().is_empty() => Wanted::Part(first, size - first),
        (None, Some(0)) if first.trim().is_empty() => Wanted::Beyond,
        (None, Some(n)) if first.trim().is_empty() && size > 0 => Wanted::Part(size - n.min(size), n.min(size)),
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_served_and_everything_else_is_the_whole() {
        for (header, expected) in [
            ("bytes=0-0", Wanted::Part(0, 1)),
            ("bytes=2-4", Wanted::Part(2, 3)),
            ("bytes=7-", Wanted::Part(7, 3)),
            ("bytes=7-100", Wanted::Part(7, 3)),
            ("bytes=-4", Wanted::Part(6, 4)),
            ("bytes=-40", Wanted::Part(0, 10)),
            ("bytes=10-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=4-2", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("lines=1-2", Wanted::Whole),
            ("bytes=x-", Wanted::Whole),
        ] {
            assert_eq!(wanted(Some(header), 10), expected, "{header}");
        }
        assert_eq!(wanted(None, 10), Wanted::Whole);
    }
}
