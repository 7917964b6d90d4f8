//! Messages over a pair of streams, as the protocol frames them.
//!
//! In: bytes that anybody may have written. Out: messages, or what is wrong with one. Never: keeps a message that is larger than
//! any document may be, trusts a length that it is told.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::{Value, json};

/// The longest line of a message's head, and how many lines it has at most.
const LONGEST_HEADER: u64 = 4096;
const MOST_HEADERS: usize = 64;
/// The largest message: a draft or fact file of the largest size, each character of it written as an escape.
const LARGEST_MESSAGE: u64 = 256 * 1024 * 1024;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// A message that cannot be read, with the request that it was to be, if that much can be told.
    Unreadable(Option<RequestId>, String),
    /// Nothing more will come, or nothing that can be told apart.
    End,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Outgoing {
    Message(Message),
    /// The answer to something that is no message.
    Nameless(String),
    /// Nothing more will be said.
    End,
}

/// Reads one message.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let mut length = None;
    let mut headers = 0_usize;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(Incoming::End);
        }
        let Some(line) = line.strip_suffix(b"\n") else {
            return Ok(Incoming::End);
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        headers = headers.saturating_add(1);
        if headers > MOST_HEADERS {
            return Ok(Incoming::End);
        }
        let line = String::from_utf8_lossy(line);
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
    }
    // Without its length the end of a message, and so the next one, cannot be found.
    let Some(length) = length else { return Ok(Incoming::End) };
    if length > LARGEST_MESSAGE {
        let passed = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(if passed == length { Incoming::Unreadable(None, "the message is too large".to_owned()) } else { Incoming::End });
    }
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if u64::try_from(body.len()).ok() != Some(length) {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice::<Message>(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => {
            let value: Option<Value> = serde_json::from_slice(&body).ok();
            let id = value.as_ref().and_then(|value| value.get("id")).and_then(|id| serde_json::from_value(id.clone()).ok());
            let error = value.map_or_else(|| error.to_string(), |_| "it is no request, response or notification".to_owned());
            Incoming::Unreadable(id, format!("the message cannot be read: {error}"))
        }
    })
}

/// Writes one message. Tells whether there may be more.
pub(super) fn write(output: &mut impl Write, outgoing: &Outgoing) -> io::Result<bool> {
    match outgoing {
        Outgoing::Message(message) => message.write(output)?,
        Outgoing::Nameless(why) => {
            let code = ErrorCode::ParseError as i32;
            let body = json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": why } }).to_string();
            write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
            output.flush()?;
        }
        Outgoing::End => return Ok(false),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    fn first(bytes: &[u8]) -> Incoming {
        read(&mut io::BufReader::new(bytes)).unwrap()
    }

    #[test]
    fn messages_and_what_is_none() {
        assert!(matches!(first(&framed(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#)), Incoming::Message(Message::Request(_))));
        assert!(matches!(first(&framed("{")), Incoming::Unreadable(None, _)));
        assert!(matches!(first(&framed(r#"{"id":7,"method":3}"#)), Incoming::Unreadable(Some(id), _) if id == 7.into()));
        assert!(matches!(first(b"Content-Length: 99999999999999999999\r\n\r\n{}"), Incoming::End), "a number that is none");
        assert!(matches!(first(b"Content-Length: 9999999999999\r\n\r\n{}"), Incoming::End), "more is promised than comes");
        assert!(matches!(first(b"Content-Length: 10\r\n\r\n{}"), Incoming::End));
        assert!(matches!(first(b"\r\n\r\n"), Incoming::End), "no length");
        assert!(matches!(first(&vec![b'a'; 100_000]), Incoming::End), "a head without an end");
        assert!(matches!(first(b""), Incoming::End));
    }

    #[test]
    fn a_message_behind_an_unreadable_one_is_read() {
        let mut bytes = framed("nonsense \u{1F600}");
        bytes.extend(framed(r#"{"jsonrpc":"2.0","method":"exit"}"#));
        let mut input = io::BufReader::new(bytes.as_slice());
        assert!(matches!(read(&mut input).unwrap(), Incoming::Unreadable(None, _)));
        assert!(matches!(read(&mut input).unwrap(), Incoming::Message(Message::Notification(_))));
        assert!(matches!(read(&mut input).unwrap(), Incoming::End));
    }
}
