//! The configuration that holds without a file, as a file that explains itself. Made from the table of actions, so
//! that it never names a key or an action that there is not.

use std::fmt::Write;

use super::colors::ROLES;
use crate::action::{Context, Group, TABLE};

/// A commented file. It loads, and changes nothing; every line that begins with `//` and a blank-free quote is an
/// example of its own.
pub fn example() -> String {
    let mut out = String::from(
        "// Tumen's configuration. `tumen config --path` says where it belongs.\n\
         // What is left out, or commented out as below, is as it is without a file.\n\
         Config(\n    \
             theme: Auto,       // Auto, Dark, Light, Contrast\n    \
             ascii: false,      // signs and rules in ASCII\n    \
             plain: false,      // lines for a screen reader\n    \
             mouse: true,       // clicks and the wheel; Shift and the mouse select text\n    \
             clipboard: Auto,   // Auto, Raw, Tmux (needs allow-passthrough), Screen, Off\n\n    \
             // Colours of one's own, where the terminal shows at least 256. Roles:\n",
    );
    for roles in ROLES.chunks(5) {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "    //   {}", roles.join(", "));
    }
    out.push_str("    colors: {\n        //\"accent\": \"#e8b46a\",\n    },\n\n");
    out.push_str(
        "    // An action that is named here has these keys and no others. A key belongs to one action: to give it to\n    \
         // another one, take it from the first. Keys are written like `j`, `G`, `Ctrl-d`, `Alt-Left`, `Shift-Tab`,\n    \
         // `Space`; the keys of a sequence have blanks between them: \"g g\". An empty list is no key at all.\n    \
         keys: {\n",
    );
    for group in Group::ALL {
        let _ = writeln!(out, "        // {}", group.title());
        for row in TABLE.iter().filter(|row| row.group == group) {
            let _ = writeln!(
                out,
                "        //\"{}\": {:?}, // {}",
                row.name,
                row.keys_in(Context::Command),
                row.help
            );
        }
    }
    for (context, when) in [
        (Context::Typing, "while a text is typed"),
        (Context::Tour, "while a tour is given"),
        (Context::Marks, "in the list of bookmarks"),
        (Context::Number, "while the number of a topic may go on"),
        (Context::Habit, "of other programs, where a key above means nothing"),
        (Context::Editing, "for editing what is typed, where a key of `typing` means nothing"),
    ] {
        let _ = write!(out, "    }},\n\n    // The same {when}.\n    {}: {{\n", context.word());
        for row in TABLE.iter().filter(|row| !row.keys_in(context).is_empty()) {
            let _ = writeln!(out, "        //\"{}\": {:?},", row.name, row.keys_in(context));
        }
    }
    out.push_str("    },\n)\n");
    out
}
