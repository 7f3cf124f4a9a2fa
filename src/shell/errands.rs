//! What a session asks of the world outside: copies, another screen.
//!
//! Each errand answers with words for the footer, where there is something to say. Must never claim more than is
//! known: what is sent to a terminal may not arrive.

use super::{Session, clipboard};
use crate::action::Action;
use crate::app::{Effect, Form, Note};
use crate::config::Clipboard;
use crate::knowledge::{Address, Web};
use crate::print::copy::copied;

impl Session {
    /// Does what `app` asked for, where it is no matter of the terminal alone.
    pub(super) fn run_errand(&mut self, effect: Effect) -> std::io::Result<()> {
        match effect {
            Effect::Copy(form, address) => {
                let said = self.copy(form, address);
                self.say(said);
            }
            Effect::Take(web) => {
                let said = self.take_address(web);
                self.say(said);
            }
            Effect::ShowPlain(address) => self.show_plain(address)?,
            Effect::Remember(change) => match &self.outside.keeper {
                Some(keeper) => keeper.keep(change),
                None => self.forget(&change),
            },
            Effect::Reload => self.reload()?,
            Effect::Edit(address) => self.edit(address)?,
            // The session does these itself.
            Effect::Quit | Effect::Suspend | Effect::Repaint | Effect::Mouse(_) | Effect::Share(_) => {}
        }
        Ok(())
    }

    /// Sends something to the terminal's clipboard with the next frame, and says what was sent.
    fn copy(&mut self, form: Form, address: Address) -> Note {
        if self.outside.around.clipboard == Clipboard::Off {
            return "copying is switched off in config.ron (clipboard)".into();
        }
        let text = copied(&self.library.knowledge, form, address);
        let (sent, is_cut) = clipboard::cut(&text);
        let name = self.library.knowledge.name(address);
        let what = match form {
            Form::Text => format!("the text of {name}"),
            Form::Citation => format!("{name} with citation"),
            Form::Address => self.library.knowledge.address_text(address),
            Form::Json => format!("{name} as JSON"),
        };
        if is_cut && form == Form::Json {
            let most = clipboard::MOST;
            let words = format!("not sent: {what} has {} bytes, and terminals take {most}", text.len());
            return Note::from(words).with(&[Action::ShowPlain], "shows it");
        }
        let bytes = clipboard::bytes(sent, self.outside.around.clipboard, self.outside.around.inside);
        self.canvas.with(&bytes);
        let amount = if is_cut {
            format!("only the first {} of {} bytes", sent.len(), text.len())
        } else {
            format!("{} characters", sent.chars().count())
        };
        format!("sent to the terminal: {what}, {amount}").into()
    }

    /// Sends an address outside of the dossier to the terminal's clipboard, and says which.
    fn take_address(&mut self, web: Web) -> String {
        let address = self.library.knowledge.web(web).unwrap_or_default();
        let (mode, inside) = (self.outside.around.clipboard, self.outside.around.inside);
        if mode == Clipboard::Off || address.len() > clipboard::MOST {
            return format!("the address is {address}");
        }
        self.canvas.with(&clipboard::bytes(address, mode, inside));
        format!("sent to the terminal: {address}")
    }

    /// Shows something on the normal screen, with the mouse left to the terminal, until a key is pressed.
    fn show_plain(&mut self, address: Address) -> std::io::Result<()> {
        let text = copied(&self.library.knowledge, Form::Citation, address);
        // The terminal is raw: a line feed alone would not go back to the first column.
        let lines = text.replace('\n', "\r\n");
        let screen = format!("\r\n{lines}\r\n\r\n-- select with the mouse; any key goes back --\r\n");
        self.canvas.lend(&screen)?;
        self.outside.lent = true;
        Ok(())
    }
}
