//! What holds from outside: the layers, the screens, the files and the program itself. One binary, cheap to link.

mod architecture;
